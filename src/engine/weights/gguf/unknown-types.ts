import { ModelFormatError, UnsupportedModelError } from "../../../ground/errors";
import { mark, t, type Key } from "../../../language/language";

const withdrawn = mark("{name}, a type that ggml has withdrawn");
const ofFork = mark("{name} of the fork ik_llama.cpp");

/**
 * Types that are in files and not in ggml, or not any more (ggml.h's comments; ik_llama.cpp's and PrismML's
 * ggml.h). One that this engine learns is found before it is looked for here.
 */
const names: ReadonlyMap<number, readonly [name: string, known: Key]> = new Map([
  [4, ["Q4_2", withdrawn]],
  [5, ["Q4_3", withdrawn]],
  [31, ["Q4_0_4_4", withdrawn]],
  [32, ["Q4_0_4_8", withdrawn]],
  [33, ["Q4_0_8_8", withdrawn]],
  [36, ["IQ4_NL_4_4", withdrawn]],
  [37, ["IQ4_NL_4_8", withdrawn]],
  [38, ["IQ4_NL_8_8", withdrawn]],
  [133, ["Q6_0", ofFork]],
  [137, ["IQ2_K", ofFork]],
  [138, ["IQ3_K", ofFork]],
  [139, ["IQ4_K", ofFork]],
  [140, ["IQ5_K", ofFork]],
  [141, ["IQ6_K", ofFork]],
  [144, ["IQ4_KS", ofFork]],
  [145, ["IQ2_KS", ofFork]],
  [146, ["IQ4_KSS", ofFork]],
]);

/** No program's ids come near; past it an id is a sign of bytes that are not the file's. */
const maxId = 1023;

/** Refuses a tensor of a type that is not known, and says what else to choose. */
export function refuseType(tensor: string, id: number): never {
  if (id > maxId)
    throw new ModelFormatError(
      t('Tensor "{tensor}" has type id {id}; ids that are in use go from 0 to a few hundred.', {
        tensor,
        id,
      }),
      { hint: t("The file is damaged. Get it again, or choose another file.") },
    );
  const found = names.get(id);
  throw new UnsupportedModelError(
    found
      ? t('Tensor "{tensor}" has type id {id}, {what}.', {
          tensor,
          id,
          what: t(found[1], { name: found[0] }),
        })
      : t('Tensor "{tensor}" has type id {id}, which this app does not know.', { tensor, id }),
    {
      hint: t(
        "Choose another file of the same model: Q4_K_M, or Q3_K_M, IQ3_XXS or Q2_K where memory is short.",
      ),
    },
  );
}
