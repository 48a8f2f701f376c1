import { availableParallelism } from "node:os";
import { getLlama } from "node-llama-cpp";

/**
 * llama.cpp as node-llama-cpp ships it, nothing built or downloaded. Throws where the library does not run on
 * what is asked for: it would take the CPU in silence.
 *
 * @param where "vulkan" or "cpu"
 */
export async function openLlamaCpp(modelPath, where) {
  const isVulkan = where === "vulkan";
  const llama = await getLlama({
    build: "never",
    skipDownload: true,
    gpu: isVulkan ? "vulkan" : false,
    logLevel: "error",
    progressLogs: false,
  });
  const devices = isVulkan ? await llama.getGpuDeviceNames() : [];
  if (isVulkan && (llama.gpu !== "vulkan" || devices.length === 0))
    throw new Error(`llama.cpp reports no Vulkan device (it would run on ${llama.gpu || "the CPU"})`);
  const model = await llama.loadModel({ modelPath, gpuLayers: isVulkan ? "max" : 0 });
  if (isVulkan && model.gpuLayers === 0) throw new Error("llama.cpp put no layer on its Vulkan device");
  const threads = availableParallelism();
  return {
    version: llama.llamaCppRelease.release,
    device: isVulkan ? devices.join(" and ") : "CPU",
    threads: isVulkan ? null : threads,
    async run(promptTokens, newTokens) {
      const context = await model.createContext({
        contextSize: promptTokens + newTokens + 8,
        batchSize: 512,
        // The library's own choice was one thread of two, and a fifth of the rate. `min` keeps it there.
        threads: { ideal: threads, min: threads },
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
      if (!isVulkan && context.currentThreads !== threads)
        throw new Error(`llama.cpp ran on ${context.currentThreads} threads, not on ${threads}`);
      await context.dispose();
      return { prefill, decode };
    },
    close: async () => {
      await model.dispose();
      await llama.dispose();
    },
  };
}
