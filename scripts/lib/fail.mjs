/** An expected failure: said in words, with what to do, and without a stack. */
export class ScriptError extends Error {
  /** @param {string} message @param {string} [hint] */
  constructor(message, hint = "") {
    super(message);
    this.hint = hint;
  }
}

/**
 * Runs a script's main function. A mistake of the person at the command line, and an error that carries a
 * hint, are printed without a stack; any error exits with 1.
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(isExpected(error) ? sentence(error) : error);
    process.exit(1);
  }
}

const isExpected = (error) =>
  error instanceof Error &&
  ("hint" in error ||
    ["ENOENT", "EISDIR", "EACCES"].includes(error.code) ||
    String(error.code).startsWith("ERR_PARSE_ARGS"));

const sentence = ({ message, hint }) => (hint ? `${message}\n${hint}` : message);
