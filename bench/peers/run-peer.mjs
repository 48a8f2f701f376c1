// node llama-cpp-run.mjs MODEL.gguf PROMPT_TOKENS NEW_TOKENS: llama.cpp on Vulkan; the last line is one JSON
// object, in tokens per second.
import { openLlamaCpp } from "./llama-cpp.mjs";

const [model, promptTokens, newTokens] = process.argv.slice(2);
const peer = await openLlamaCpp(model, "vulkan");
const rates = await peer.run(Number(promptTokens), Number(newTokens));
await peer.close();
console.log(JSON.stringify({ version: peer.version, ...rates }));
process.exit(0); // its threads would keep the process alive
