import { CFB } from "@e965/xlsx";

interface Writer {
  readonly utils: {
    cfb_new(): object;
    cfb_add(file: object, path: string, content: Uint8Array): void;
  };
  readonly write: (file: object, options: { readonly type: "array" }) => ArrayBuffer;
}

/** An OLE file for tests, with these streams. */
export function makeOle(streams: Readonly<Record<string, Uint8Array>>): Uint8Array<ArrayBuffer> {
  const { utils, write } = CFB as Writer; // the package types it as any
  const file = utils.cfb_new();
  for (const [path, content] of Object.entries(streams)) utils.cfb_add(file, `/${path}`, content);
  return new Uint8Array(write(file, { type: "array" }));
}
