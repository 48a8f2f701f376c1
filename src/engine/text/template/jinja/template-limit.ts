/** A template that went on for too long, or wanted too much. */
export class TemplateLimitError extends Error {}
