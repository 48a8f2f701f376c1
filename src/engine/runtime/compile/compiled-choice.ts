import { ShaderError } from "../../../ground/errors";

/**
 * A kernel that was chosen on an earlier start; `null` where the driver, another one by now, no longer
 * compiles it.
 */
export const ifItCompiles = <T>(kernel: Promise<T>): Promise<T | null> =>
  kernel.catch((error: unknown) => {
    if (error instanceof ShaderError) return null;
    throw error;
  });
