import { inspectAnswer, type InspectTextRequest } from "../chat/inspecting";
import { withDocumentTexts } from "../chat/prompt-documents";
import type { Engine } from "../engine";
import { readPlanTarget, type PlannedTarget } from "../models/plan/plan-target";
import { reportPlan } from "../reports";
import type { InspectRequest, LayerPlanReport, PlanTarget, StateReport } from "../rpc/protocol/inspect";
import type { LoadOptions } from "../rpc/protocol/load";
import type { Handlers } from "../rpc/serve";
import type { Services } from "./services";

export interface InspectCalls {
  /**
   * Reads a conversation up to the end of an answer again, beside the state, and tells what it does there.
   */
  inspectState: {
    args: [request: InspectRequest];
    result: StateReport;
    progress: { readonly readTokens: number; readonly totalTokens: number };
  };
  /** By layer, and over the length of the context; from a header or from published numbers. */
  planLayers: { args: [target: PlanTarget, options: LoadOptions]; result: LayerPlanReport; progress: never };
}

export const inspectCalls = ({ engine, headers, documentParts }: Services): Handlers<InspectCalls> => ({
  inspectState: async ([request], { progress, signal }) => {
    const messages = await withDocumentTexts(request.messages, documentParts);
    const onRead = (readTokens: number, totalTokens: number) => progress({ readTokens, totalTokens });
    return inspectState(engine, { ...request, messages }, onRead, signal);
  },

  planLayers: async ([target, options], { signal }) =>
    planLayers(engine, await readPlanTarget(target, options, headers.of, signal), options),
});

/**
 * Reads a conversation up to the end of an answer again, on a state of its own, and tells what its tokens do
 * there.
 *
 * @throws PromptError       when no model is loaded
 * @throws OutOfMemoryError  when there is no room for a second context
 * @throws CancelledError    when `signal` aborts
 */
export function inspectState(
  engine: Engine,
  request: InspectTextRequest,
  onRead: (readTokens: number, totalTokens: number) => void,
  signal: AbortSignal,
): Promise<StateReport> {
  return engine.gpu.inTurn(async () =>
    inspectAnswer(await engine.gpu.device(), engine.loaded(), engine.chatStates, request, onRead, signal),
  );
}

/** The plan by layer. */
export async function planLayers(
  engine: Engine,
  target: PlannedTarget,
  options: LoadOptions,
): Promise<LayerPlanReport> {
  return reportPlan(await engine.gpu.device(), target, options);
}
