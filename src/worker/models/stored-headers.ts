import { findInPlace } from "../../storage/models/in-place-models";
import type { ModelFiles } from "../../storage/models/model-files";
import { readHeader, type ReadHeader } from "./describe";
import { openInPlace } from "./in-place";
import type { ModelId } from "../rpc/protocol/model";

/**
 * Headers of stored models. The one read last is cached: planning and loading a model ask for the same one in
 * a row.
 */
export class StoredHeaders {
  readonly #files: ModelFiles;
  #last: { readonly id: ModelId; readonly header: Promise<ReadHeader> } | null = null;

  constructor(files: ModelFiles) {
    this.#files = files;
  }

  readonly of = async (id: ModelId): Promise<ReadHeader> => {
    // Also for a header that is at hand: a file in place may be gone, or need the person's leave again.
    const { source, name, findCompanion } = await this.#open(id);
    if (this.#last?.id !== id) {
      const header = readHeader(source, name, findCompanion);
      header.catch(() => (this.#last = null));
      this.#last = { id, header };
    }
    return this.#last.header;
  };

  /** The model's bytes are others now, or gone. */
  forget(id: ModelId): void {
    if (this.#last?.id === id) this.#last = null;
  }

  /** A model from where its bytes are: in the browser's storage, or in files that it may read. */
  async #open(id: ModelId) {
    const inPlace = await findInPlace(id);
    if (inPlace) {
      const source = await openInPlace(inPlace);
      const findCompanion = (name: string) => Promise.resolve(inPlace.companions[name]);
      return { source, name: inPlace.name, findCompanion };
    }
    const source = await this.#files.open(id);
    const name = (await this.#files.find(id))?.name ?? id;
    return { source, name, findCompanion: (name: string) => this.#files.companion(id, name) };
  }
}
