import type { KernelCompiler } from "../../../gpu/kernel";
import { compileMatmul, type Matmul } from "../../../kernels/products/matmul";
import { ifItCompiles } from "../compiled-choice";
import { shapeKey, type ProductShape, type TunedMatmul } from "../prefill-products";
import type { Tuning } from "./tune";

/** Makes the chosen products; their pipelines are those that the tuner compiled. */
export async function compileTuned(compiler: KernelCompiler, { products }: Tuning): Promise<TunedMatmul> {
  const compiled = new Map<string, Matmul>();
  const key = (shape: ProductShape, residual: boolean) => `${shapeKey(shape)} ${residual}`;
  await Promise.all(
    [...products.values()].flatMap((product) =>
      [false, true].map(async (residual) => {
        const { format, choice } = product;
        const matmul = await ifItCompiles(compileMatmul(compiler, { format, residual, ...choice }));
        if (matmul) compiled.set(key(product, residual), matmul);
      }),
    ),
  );
  return (shape, residual) => compiled.get(key(shape, residual));
}
