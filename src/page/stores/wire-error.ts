import { toWireError, type WireError } from "../../ground/errors";

/** What a failed call rejected with: a WireError from the worker as it is, anything else made into one. */
export function asWireError(thrown: unknown): WireError {
  const isWire =
    typeof thrown === "object" &&
    thrown !== null &&
    "code" in thrown &&
    "message" in thrown &&
    "hint" in thrown;
  return isWire && !(thrown instanceof Error) ? (thrown as WireError) : toWireError(thrown);
}
