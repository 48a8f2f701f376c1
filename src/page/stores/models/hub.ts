import { create } from "zustand";
import type { WireError } from "../../../ground/errors";
import { engine } from "../../../worker/rpc/client";
import type { HubModel, HubRepository } from "../../../worker/rpc/protocol/hub";
import { addModel, type Place } from "./models";
import { recommendedModels } from "./recommended";
import { asWireError } from "../wire-error";

/** A repository that is looked up. */
export type Lookup =
  | { readonly phase: "none" }
  | { readonly phase: "asking"; readonly text: string }
  | { readonly phase: "found"; readonly repository: HubRepository }
  | { readonly phase: "failed"; readonly error: WireError };

interface HubState {
  /** The lookup that the person asked for. */
  readonly lookup: Lookup;
  /** By repository. Nothing is asked before the person wants to know. */
  readonly recommended: Readonly<Record<string, Lookup>>;
}

export const useHub = create<HubState>(() => ({ lookup: { phase: "none" }, recommended: {} }));

let lastLookup = 0;

/** Looks up what the person typed: a repository's models are shown, a link's file is downloaded at once. */
export async function lookUp(text: string): Promise<void> {
  const mine = ++lastLookup;
  const show = (lookup: Lookup) => {
    if (mine === lastLookup) useHub.setState({ lookup });
  };
  show({ phase: "asking", text });
  try {
    const found = await engine.call("findModels", [text]);
    if (found.kind === "repository") return show({ phase: "found", repository: found });
    show({ phase: "none" });
    await addModel({ kind: "url", url: found.url }, found.fileName, "find");
  } catch (cause) {
    show({ phase: "failed", error: asWireError(cause) });
  }
}

/** Puts away what was looked up. */
export function closeLookup(): void {
  lastLookup++;
  useHub.setState({ lookup: { phase: "none" } });
}

/** Asks the hub what the recommended models need, those that were not asked for or failed. */
export async function askRecommended(): Promise<void> {
  const show = (repo: string, lookup: Lookup) =>
    useHub.setState((s) => ({ recommended: { ...s.recommended, [repo]: lookup } }));
  const before = useHub.getState().recommended;
  await Promise.all(
    recommendedModels.map(async ({ repo }) => {
      const phase = before[repo]?.phase ?? "none";
      if (phase === "asking" || phase === "found") return;
      show(repo, { phase: "asking", text: repo });
      try {
        const repository = await engine.call("findModels", [repo]);
        show(repo, repository.kind === "repository" ? { phase: "found", repository } : { phase: "none" });
      } catch (cause) {
        show(repo, { phase: "failed", error: asWireError(cause) });
      }
    }),
  );
}

/** Asks the hub for a recommended model, then downloads and starts the one of its files that fits here. */
export async function downloadRecommended(repo: string): Promise<void> {
  const show = (lookup: Lookup) =>
    useHub.setState((s) => ({ recommended: { ...s.recommended, [repo]: lookup } }));
  show({ phase: "asking", text: repo });
  try {
    const repository = await engine.call("findModels", [repo]);
    if (repository.kind !== "repository") return show({ phase: "none" });
    show({ phase: "found", repository });
    const model = repository.models.find(({ name }) => name === repository.suggested);
    if (model) downloadHubModel(repository, model);
  } catch (cause) {
    show({ phase: "failed", error: asWireError(cause) });
  }
}

/** Another hub, or another token: what was found before does not hold any more. */
export function forgetLookups(): void {
  closeLookup();
  useHub.setState({ recommended: {} });
}

/** Downloads one of a repository's models, at the commit that was listed. */
export function downloadHubModel(repository: HubRepository, model: HubModel): void {
  const { hubUrl, repo, revision, branch } = repository;
  const name = `${repo.slice(repo.indexOf("/") + 1)} ${model.name}`;
  const source = { kind: "hub", hubUrl, repo, revision, branch, files: model.files } as const;
  void addModel(source, name, placeOf(repository, model));
}

/** The row of one of a repository's models. */
export const placeOf = ({ repo }: Pick<HubRepository, "repo">, { files }: Pick<HubModel, "files">): Place =>
  `hub ${repo}/${files[0]!.path}`;

/** Returns whether the model panel has that row now: a lookup that was put away has taken its rows along. */
export function hasRow({ lookup, recommended }: HubState, place: Place): boolean {
  const found = (one: Lookup) => (one.phase === "found" ? [one.repository] : []);
  const looked = found(lookup).flatMap((repository) =>
    repository.models.map((model) => placeOf(repository, model)),
  );
  const proposed = Object.values(recommended)
    .flatMap(found)
    .flatMap((repository) =>
      repository.models
        .filter(({ name }) => name === repository.suggested)
        .map((model) => placeOf(repository, model)),
    );
  return [...looked, ...proposed].includes(place);
}
