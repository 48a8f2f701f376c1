import type { Handlers } from "../rpc/serve";
import { chatCalls, type ChatCalls } from "./chat";
import { deviceCalls, type DeviceCalls } from "./device";
import { hubCalls, type HubCalls } from "./hub";
import { inspectCalls, type InspectCalls } from "./inspect";
import { loadCalls, type LoadCalls } from "./load";
import { measureCalls, type MeasureCalls } from "./measure";
import { modelCalls, type ModelCalls } from "./models";
import { readingCalls, type ReadingCalls } from "./reading";
import type { Services } from "./services";

/**
 * The calls that the worker answers, by name. Arguments are structured-cloned. A call is answered once, by
 * its result or a {@link WireError}; calls with a `progress` type push any number of those before.
 */
export interface EngineCalls
  extends DeviceCalls, ModelCalls, HubCalls, LoadCalls, ChatCalls, ReadingCalls, InspectCalls, MeasureCalls {}

export const engineCalls = (services: Services): Handlers<EngineCalls> => ({
  ...deviceCalls(services),
  ...modelCalls(services),
  ...hubCalls(services),
  ...loadCalls(services),
  ...chatCalls(services),
  ...readingCalls(services),
  ...inspectCalls(services),
  ...measureCalls(services),
});
