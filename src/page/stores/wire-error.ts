import { toWireError, type WireError } from "../../ground/errors";

/** Makes a WireError of what a failed call rejected with: one from the worker stays as it is. */
export function asWireError(thrown: unknown): WireError {
  const isWire =
    typeof thrown === "object" &&
    thrown !== null &&
    "code" in thrown &&
    "message" in thrown &&
    "hint" in thrown;
  return isWire && !(thrown instanceof Error) ? (thrown as WireError) : toWireError(thrown);
}
