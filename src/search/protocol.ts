/** A place in a chat where the words stand, with the text around it. */
export interface FoundChat {
  readonly id: string;
  readonly messageId: string;
  readonly role: "user" | "assistant";
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

export interface SearchRequest {
  readonly id: number;
  readonly query: string;
}

export interface SearchReply {
  readonly id: number;
  readonly found: readonly FoundChat[];
}
