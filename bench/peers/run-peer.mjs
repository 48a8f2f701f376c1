// node run-peer.mjs vulkan|cpu|wllama MODEL.gguf PROMPT_TOKENS NEW_TOKENS: one peer in a process of its own.
// The last line is one JSON object: version, device, threads, and tokens per second.
const [peer, model, promptTokens, newTokens] = process.argv.slice(2);
const engine =
  peer === "wllama"
    ? await (await import("./wllama.mjs")).openWllama(model)
    : await (await import("./llama-cpp.mjs")).openLlamaCpp(model, peer);
const rates = await engine.run(Number(promptTokens), Number(newTokens));
const { version, device, threads } = engine;
await engine.close();
console.log(JSON.stringify({ version, device, threads, ...rates }));
process.exit(0); // native threads would keep the process alive
