import { engineCalls } from "./calls/engine-calls";
import { hearLanguage } from "../language/worker-language";
import { createServices } from "./calls/services";
import { serve } from "./rpc/serve";

hearLanguage();
const server = serve(engineCalls(createServices((error) => server.deviceLost(error))));
