/** The small document model that Readability brings along; it reads well-formed markup only. */
declare module "@mozilla/readability/JSDOMParser.js" {
  export interface SmallElement {
    readonly attributes: readonly { readonly name: string }[];
    readonly children: readonly SmallElement[];
    readonly textContent: string;
  }
  export default class JSDOMParser {
    parse(html: string, url?: string): Document;
  }
}
