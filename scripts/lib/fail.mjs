/** An expected failure: said in words, with what to do, and without a stack. */
export class ScriptError extends Error {
  /** @param {string} message @param {string} [hint] */
  constructor(message, hint = "") {
    super(message);
    this.hint = hint;
  }
}

/** Runs a script's main function. An error that carries a hint is printed without its stack; any error exits with 1. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error && "hint" in error ? sentence(error) : error);
    process.exit(1);
  }
}

const sentence = ({ message, hint }) => (hint ? `${message}\n${hint}` : message);
