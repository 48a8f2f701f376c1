import { getLlama } from "node-llama-cpp";

/**
 * llama.cpp as node-llama-cpp ships it, nothing built or downloaded. @param gpu "vulkan", or false for the
 * CPU
 */
export async function openLlamaCpp(modelPath, gpu) {
  const llama = await getLlama({
    build: "never",
    skipDownload: true,
    gpu,
    logLevel: "error",
    progressLogs: false,
  });
  const model = await llama.loadModel({ modelPath, gpuLayers: gpu ? "max" : 0 });
  return {
    version: llama.llamaCppRelease.release,
    async run(promptTokens, newTokens) {
      const context = await model.createContext({
        contextSize: promptTokens + newTokens + 8,
        batchSize: 512,
      });
      const sequence = context.getSequence();
      const nVocab = model.fileInfo.metadata.tokenizer.ggml.tokens.length;
      const prompt = (salt) =>
        Array.from({ length: promptTokens }, (_, i) => (i * 7919 + salt * 104_729 + 17) % nVocab);
      await sequence.evaluateWithoutGeneratingNewTokens(prompt(1)); // warms up
      await sequence.clearHistory();
      // The first token ends the prompt: before it is asked for, the GPU may still be reading.
      let started = performance.now();
      const tokens = sequence.evaluate(prompt(2), { temperature: 0, yieldEogToken: true });
      await tokens.next();
      const prefill = (promptTokens * 1000) / (performance.now() - started);
      let drawn = 0;
      started = performance.now();
      while (drawn < newTokens && !(await tokens.next()).done) drawn++;
      const decode = (drawn * 1000) / (performance.now() - started);
      await context.dispose();
      return { prefill, decode };
    },
    close: async () => {
      await model.dispose();
      await llama.dispose();
    },
  };
}
