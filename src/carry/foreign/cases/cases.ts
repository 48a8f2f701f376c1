// Small chats in the shapes that the programs write, by their published formats; made for these tests.

const node = (id: string, parent: string | null, children: readonly string[], message: unknown = null) => ({
  [id]: { id, parent, children, message },
});

const said = (role: string, text: string, more: object = {}) => ({
  id: "m",
  author: { role, name: null, metadata: {} },
  create_time: 1_700_000_000.5,
  content: { content_type: "text", parts: [text] },
  status: "finished_successfully",
  weight: 1,
  recipient: "all",
  channel: null,
  metadata: role === "assistant" ? { model_slug: "gpt-5-thinking" } : {},
  ...more,
});

/** A question, thoughts, a tool and its result, an answer in two versions, and a question with a picture. */
export const chatGptChat = {
  title: "Lanterns",
  create_time: 1_700_000_000.123,
  update_time: 1_700_000_900,
  conversation_id: "6650f0a1-0000-4000-8000-000000000001",
  current_node: "a2",
  is_archived: true,
  mapping: {
    ...node("root", null, ["sys"]),
    ...node("sys", "root", ["ctx"], said("system", "", { weight: 0 })),
    ...node("ctx", "sys", ["q1"], {
      ...said("user", ""),
      content: { content_type: "user_editable_context", user_profile: "A baker.", user_instructions: "" },
      metadata: { is_visually_hidden_from_conversation: true },
    }),
    ...node("q1", "ctx", ["t1", "b1"], said("user", "How much is the lantern?")),
    ...node("t1", "q1", ["r1"], {
      ...said("assistant", ""),
      content: { content_type: "thoughts", thoughts: [{ summary: "Prices", content: "It is red." }] },
    }),
    ...node("r1", "t1", ["c1"], {
      ...said("assistant", ""),
      content: { content_type: "reasoning_recap", content: "8s" },
      metadata: { finished_duration_sec: 8 },
    }),
    ...node("c1", "r1", ["o1"], {
      ...said("assistant", ""),
      content: { content_type: "code", language: "python", text: "print(17)" },
      recipient: "python",
    }),
    ...node("o1", "c1", ["a1"], {
      ...said("tool", ""),
      content: { content_type: "execution_output", text: "17" },
    }),
    ...node("a1", "o1", ["q2"], said("assistant", "It costs 17 coins \ue200cite\ue202turn0search1\ue201.")),
    ...node("b1", "q1", [], said("assistant", "Seventeen.")),
    ...node("q2", "a1", ["a2"], {
      ...said("user", ""),
      content: {
        content_type: "multimodal_text",
        parts: [{ content_type: "image_asset_pointer", asset_pointer: "file-service://x" }, "And this?"],
      },
      metadata: { attachments: [{ name: "a.png", mime_type: "image/png" }, { name: "list.pdf" }] },
    }),
    ...node("a2", "q2", [], said("assistant", "A picture.")),
  },
};

export const openWebUiChat = {
  id: "0f8fad5b-d9cb-469f-a165-70867728950e",
  user_id: "u",
  title: "Bread",
  pinned: true,
  archived: false,
  created_at: 1_700_000_000,
  updated_at: 1_700_000_100,
  chat: {
    title: "Bread",
    models: ["qwen3:8b", "llama3"],
    history: {
      currentId: "a2",
      messages: {
        q1: {
          id: "q1",
          parentId: null,
          childrenIds: ["a1", "a2"],
          role: "user",
          content: "How long?",
          timestamp: 1_700_000_001,
          files: [
            { type: "image", url: "data:image/png;base64,AA==" },
            {
              type: "file",
              name: "recipe.txt",
              file: { filename: "recipe.txt", data: { content: "Bake it." } },
            },
            { type: "file", name: "scan.pdf", file: { filename: "scan.pdf", data: {} } },
          ],
        },
        a1: {
          id: "a1",
          parentId: "q1",
          childrenIds: [],
          role: "assistant",
          model: "qwen3:8b",
          modelName: "Qwen 3",
          done: true,
          timestamp: 1_700_000_002,
          content:
            '<details type="reasoning" done="true" duration="4">\n<summary>Thought for 4 seconds</summary>\n&gt; It&#x27;s bread.\n&gt; Long.\n</details>\nForty minutes.',
        },
        a2: {
          id: "a2",
          parentId: "q1",
          childrenIds: [],
          role: "assistant",
          model: "llama3",
          modelIdx: 1,
          done: false,
          timestamp: 1_700_000_003,
          content: "An hour",
        },
      },
    },
    messages: [],
  },
};

export const llamaCppChat = {
  conv: {
    id: "c0ffee00-0000-4000-8000-000000000002",
    name: "Rivers",
    lastModified: 1_700_000_500_000,
    currNode: "a1",
  },
  messages: [
    {
      id: "r",
      convId: "c0ffee00-0000-4000-8000-000000000002",
      type: "root",
      role: "system",
      content: "",
      parent: null,
      children: ["s"],
      timestamp: 1_700_000_000_000,
    },
    {
      id: "s",
      convId: "c0ffee00-0000-4000-8000-000000000002",
      type: "system",
      role: "system",
      content: "Be brief.",
      parent: "r",
      children: ["q1"],
      timestamp: 1_700_000_000_000,
    },
    {
      id: "q1",
      convId: "c0ffee00-0000-4000-8000-000000000002",
      type: "text",
      role: "user",
      content: "Which is longest?",
      parent: "s",
      children: ["a0", "a1"],
      timestamp: 1_700_000_000_001,
      extra: [
        { type: "TEXT", name: "rivers.txt", content: "Nile, Amazon" },
        { type: "IMAGE", name: "map.png", base64Url: "data:," },
        { type: "AUDIO", name: "a.wav", base64Data: "" },
      ],
    },
    {
      id: "a0",
      convId: "c0ffee00-0000-4000-8000-000000000002",
      type: "text",
      role: "assistant",
      content: "The Amazon.",
      parent: "q1",
      children: [],
      timestamp: 1_700_000_000_002,
      thinking: "Some say so.",
    },
    {
      id: "a1",
      convId: "c0ffee00-0000-4000-8000-000000000002",
      type: "text",
      role: "assistant",
      content: "The Nile.",
      reasoningContent: "Longest: the Nile.",
      model: "Qwen3.5-4B",
      parent: "q1",
      children: [],
      timestamp: 1_700_000_000_003,
      timings: { prompt_n: 40, cache_n: 10, prompt_ms: 200, predicted_n: 30, predicted_ms: 1000 },
    },
  ],
};

/** A chat of llama.cpp's first UI: a list, and numbers for ids. */
export const oldLlamaCppChat = {
  id: "conv-1730000000000",
  lastModified: 1_730_000_000_500,
  messages: [
    { id: 1_730_000_000_001, role: "user", content: "Hello" },
    { id: 1_730_000_000_002, role: "assistant", content: "<think>\nGreet.\n</think>\n\nHello!" },
  ],
};

/** The same chat in lines, as later versions write it. */
export const llamaCppLines = [
  JSON.stringify({ type: "session", harness: "llama-ui", ...llamaCppChat.conv }),
  ...llamaCppChat.messages.map((message) => JSON.stringify({ type: "message", message })),
].join("\n");
