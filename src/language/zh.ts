import type { Sentences } from "./language";

/** Simplified Chinese. Its plurals have one form, which stands under the English `other`. */
export const zh = {
  "As the browser": "跟随浏览器",
  Language: "语言",
  "The page's words. A model answers in the language of the question.": "页面的语言。模型用提问的语言回答。",
} as const satisfies Sentences;
