import { create } from "zustand";
import type { WireError } from "../../../ground/errors";
import { counted } from "../../../ground/figures";
import { engine } from "../../../worker/rpc/client";
import type {
  FetchProgress,
  ModelId,
  ModelSource,
  StoredModel,
  UnfinishedModel,
} from "../../../worker/rpc/protocol/model";
import { forgetModel, loadModel, useEngine, type EngineStatus } from "./engine";
import { takeModel } from "./model-tab";
import { notify } from "../notices";
import { changeSettings, useSettings } from "../settings/settings";
import { isSafetensors, sortPicked, whyAside, type PickedModel } from "./picked-files";
import { openModels } from "./plans";
import { asWireError } from "../wire-error";
import { t } from "../../../language/language";

/**
 * The part of the model panel where a model was asked for: what becomes of it is told there. "hub …" is a row
 * of what a hub offers, "list" stands for all else.
 */
export type Place = "list" | "find" | "files" | `hub ${string}`;

/** A model file on its way into storage. */
export type Transfer =
  | { readonly phase: "none" }
  | {
      readonly phase: "running";
      readonly name: string;
      readonly place: Place;
      /** `null` until the first bytes came. */
      readonly progress: FetchProgress | null;
    }
  | { readonly phase: "failed"; readonly name: string; readonly place: Place; readonly error: WireError };

interface ModelsState {
  readonly models: readonly StoredModel[];
  /** Interrupted; none of those is the transfer under way. */
  readonly unfinished: readonly UnfinishedModel[];
  readonly transfer: Transfer;
  /** The model added last; a new object each time. */
  readonly added: { readonly id: ModelId; readonly name: string; readonly place: Place } | null;
}

export const useModels = create<ModelsState>(() => ({
  models: [],
  unfinished: [],
  transfer: { phase: "none" },
  added: null,
}));

const setTransfer = (transfer: Transfer) => useModels.setState({ transfer });

/** The model that comes with the app. */
export const demoSource: ModelSource = {
  kind: "bundled",
  url: `${import.meta.env.BASE_URL}models/demo/demo.gguf`,
};

interface Running {
  readonly source: ModelSource;
  readonly name: string;
  readonly place: Place;
  readonly abort: AbortController;
  /** The id that the model is stored under; known once the first bytes came. */
  id: ModelId | null;
  /** Cancelled: what has come is deleted. Paused, it is kept. */
  isUnwanted: boolean;
}

// The transfer under way or the last one, to cancel or to try again; a File is not plain data, so not in the
// store.
let current: Running | null = null;

export async function refreshModels(): Promise<void> {
  const [models, unfinished] = await Promise.all([
    engine.call("listModels", []),
    engine.call("listUnfinished", []),
  ]);
  useModels.setState({ models: models.toSorted((a, b) => lastUse(b) - lastUse(a)), unfinished });
}

/**
 * Stores a model, then loads it if it fits the memory budget; if not, the model panel shows the plan and lets
 * the person decide. One transfer at a time: another one is refused with a notice.
 */
export async function addModel(source: ModelSource, name: string, place: Place = "list"): Promise<void> {
  if (useModels.getState().transfer.phase === "running") {
    notify(t("Another model is still being stored. Wait for it, or cancel it in the model panel."), {
      tone: "warning",
    });
    return;
  }
  const mine: Running = (current = {
    source,
    name,
    place,
    abort: new AbortController(),
    id: null,
    isUnwanted: false,
  });
  setTransfer({ phase: "running", name, place, progress: null });
  try {
    const stored = await engine.call("fetchModel", [source], {
      signal: mine.abort.signal,
      onProgress: (progress) => {
        mine.id = progress.id;
        if (current === mine && !mine.abort.signal.aborted)
          setTransfer({ phase: "running", name, place, progress });
      },
    });
    await refreshModels();
    const loading = switchToModel(stored);
    useModels.setState({ transfer: { phase: "none" }, added: { id: stored.id, name: stored.name, place } });
    await loading;
  } catch (cause) {
    const error = asWireError(cause);
    if (mine.isUnwanted && mine.id !== null)
      await engine.call("deleteModel", [mine.id]).catch(() => undefined);
    await refreshModels().catch(() => undefined); // the failure before is what is told
    setTransfer(error.code === "cancelled" ? { phase: "none" } : { phase: "failed", name, place, error });
  }
}

/**
 * Adds the model among files that the person picked or dropped together: one file, the shards of a split one,
 * or a folder's.
 */
export function addModelFiles(picked: Iterable<File>): void {
  const files = [...picked];
  const model = sortPicked(files);
  if (!model) {
    if (files.length > 0) refuseFiles(files);
    return;
  }
  const { file, shards, companions, folder } = model;
  tellLeftOut(model, files);
  const source = { kind: "file", file, shards, companions, ...(folder !== undefined && { folder }) } as const;
  void addModel(source, folder !== undefined && isSafetensors(file) ? folder : file.name, "files");
}

/** None of the files is a model: said where they were picked. */
export function refuseFiles(files: readonly { readonly name: string }[]): void {
  const message =
    files.length === 1
      ? t("“{name}” is no model.", { name: files[0]!.name })
      : t("None of the {files} is a model.", { files: counted(files.length, "file") });
  const hint = t("Choose a .gguf file, or all files of a model in .safetensors.");
  failToAdd(message, { code: "model-format", message, hint });
}

/** Tells of files that could not be added, where files are picked. A transfer under way stays in sight. */
export function failToAdd(name: string, error: WireError): void {
  if (useModels.getState().transfer.phase === "running")
    notify(`${error.message} ${error.hint}`, { tone: "warning", stays: true });
  else {
    current = null;
    setTransfer({ phase: "failed", name, place: "files", error });
  }
}

/** A model that is read where it lies was added. */
export function tellAdded({ id, name }: StoredModel): void {
  useModels.setState(({ transfer }) => ({
    transfer: transfer.phase === "failed" ? { phase: "none" } : transfer,
    added: { id, name, place: "files" },
  }));
}

/** Tells which of the files that came together are not added, and why. */
export function tellLeftOut({ file, others, setAside }: PickedModel, files: readonly File[]): void {
  if (others.length > 0)
    notify(
      t("Of {nOthers} models only “{name}” is added: one model at a time.", {
        nOthers: others.length + 1,
        name: file.name,
      }),
      {
        tone: "warning",
      },
    );
  const [first, ...more] = setAside;
  if (!first) return;
  const reason = whyAside(first, files) ?? t("It is there twice.");
  const values = { name: first.name, nMore: more.length, reason };
  notify(
    more.length === 0
      ? t("“{name}” is left out. {reason}", values)
      : t("“{name}” and {nMore} more are left out. {reason}", values),
  );
}

/** Ends the transfer and deletes what has come. */
export function cancelTransfer(): void {
  if (!current) return;
  current.isUnwanted = true;
  current.abort.abort();
}

/** Ends the transfer and keeps what has come, to be taken up later. */
export function pauseTransfer(): void {
  current?.abort.abort();
}

export function retryTransfer(): void {
  if (current) void addModel(current.source, current.name, current.place);
}

/** After the file changed on the server: deletes what came of the old one, and gets the new one. */
export async function startOver(): Promise<void> {
  if (!current) return;
  const { source, name, id, place } = current;
  if (id !== null) await engine.call("deleteModel", [id]);
  await addModel(source, name, place);
}

/**
 * Takes up a model whose storing was interrupted. One that came from a file on disk has to be picked again
 * instead.
 */
export function resumeModel({ origin, name }: UnfinishedModel): void {
  if (origin.kind !== "file" && origin.kind !== "in-place") void addModel(origin, name);
}

export function dismissTransferError(): void {
  setTransfer({ phase: "none" });
}

/**
 * Loads a stored model. Without a context length of the person's choosing, only if its plan fits the memory
 * budget; else the model panel shows the plan.
 */
export async function switchToModel(model: StoredModel, contextLength: number | null = null): Promise<void> {
  const outcome = await loadModel(model, contextLength);
  if (outcome === "too-large") return openModels(model.id);
  const { status } = useEngine.getState();
  if (status.phase !== "ready" || status.model.id !== model.id) return;
  const lastUsedAt = Date.now();
  useModels.setState((s) => ({
    models: s.models.map((m) => (m.id === model.id ? { ...m, lastUsedAt } : m)),
  }));
}

/** Takes over from the tab that has its model on the GPU, and loads this tab's. */
export async function takeModelOver(model: StoredModel): Promise<void> {
  useEngine.setState({ status: { phase: "loading", model, progress: null } }); // the click is taken
  await takeModel();
  await switchToModel(model);
}

/** Loads the model used last or, on a first visit, fetches the demo model and loads that. */
export async function switchToUsualModel(): Promise<void> {
  const { models } = useModels.getState();
  const { lastModelId } = useSettings.getState();
  const usual = models.find((m) => m.id === lastModelId) ?? models[0];
  await (usual ? switchToModel(usual) : addModel(demoSource, "Demo"));
}

/** Deletes a model's file; chats made with it stay. */
export async function deleteModel(model: StoredModel): Promise<void> {
  try {
    await forgetModel(model.id);
    await engine.call("deleteModel", [model.id]);
    const { lastModelId, quantize } = useSettings.getState();
    const { [model.id]: _, ...others } = quantize;
    changeSettings({ quantize: others, lastModelId: lastModelId === model.id ? null : lastModelId });
    await refreshModels();
  } catch (cause) {
    const { message, hint } = asWireError(cause);
    notify(t("“{name}” could not be deleted. {message} {hint}", { name: model.name, message, hint }), {
      tone: "warning",
      stays: true,
    });
  }
}

/**
 * Tells whether a question can be answered now, later without anyone doing more, or only after someone has
 * done something.
 */
export function readiness(status: EngineStatus, transfer: Transfer): "now" | "soon" | "not" {
  switch (status.phase) {
    case "ready":
      return "now";
    case "starting":
    case "loading":
      return "soon";
    case "empty":
      return transfer.phase === "running" ? "soon" : "not";
    case "failed":
    case "elsewhere":
      return "not";
    default:
      status satisfies never;
      throw new Error("unreachable");
  }
}

const lastUse = (model: StoredModel) => model.lastUsedAt ?? model.addedAt;
