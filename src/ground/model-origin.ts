/** The hub where models are looked for, unless the person names another. */
export const usualHubUrl = "https://huggingface.co";

/** One file of a hub's repository. */
export interface HubFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** In hexadecimal. Of large files (LFS) the hub tells it, of small ones not. */
  readonly sha256?: string;
}

/**
 * Files of a hub's repository that make one model, at one commit: what is stored under a commit never mixes
 * with another's.
 */
export interface HubOrigin {
  readonly kind: "hub";
  readonly hubUrl: string;
  /** "owner/name" */
  readonly repo: string;
  /** A commit, 40 hexadecimal digits. */
  readonly revision: string;
  /** The revision it was asked for by, such as "main"; a newer commit is looked for there. */
  readonly branch: string;
  /** One file with weights, or the shards of a split one in order; then what belongs to it. */
  readonly files: readonly HubFile[];
}

/** A file served with the app itself, such as the demo. */
export interface BundledOrigin {
  readonly kind: "bundled";
  readonly url: string;
}

export interface UrlOrigin {
  readonly kind: "url";
  readonly url: string;
  /** The publisher's digest, in hexadecimal: a file with another one is refused. */
  readonly sha256?: string;
}

/** The origin of a model that was copied into storage. The record of a stored model has it. */
export type CopiedOrigin =
  BundledOrigin | UrlOrigin | HubOrigin | { readonly kind: "file"; readonly fileName: string };

/** The origin of a model, copied or read in place. */
export type ModelOrigin = CopiedOrigin | { readonly kind: "in-place"; readonly fileName: string };
