import { engineCalls } from "./calls/engine-calls";
import { createServices } from "./calls/services";
import { serve } from "./rpc/serve";

const server = serve(engineCalls(createServices((error) => server.deviceLost(error))));
