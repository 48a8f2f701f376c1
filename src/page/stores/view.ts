import { create } from "zustand";
import type { WireError } from "../../ground/errors";
import type { ModelDescription, ModelId } from "../../worker/rpc/protocol/model";
import type { AnswersLayer } from "./settings/answer-layers";
import type { ModelUrl } from "./models/model-url";

/** The facts of a model that a link names, before the person has said yes. */
export type LinkDetails =
  | { readonly phase: "asking" }
  | { readonly phase: "known"; readonly description: ModelDescription }
  | { readonly phase: "failed"; readonly error: WireError };

/** The one dialog that is open. */
export type OpenDialog =
  | { readonly kind: "none" }
  | { readonly kind: "settings"; readonly layer?: AnswersLayer }
  | { readonly kind: "storage" }
  | { readonly kind: "palette" }
  | { readonly kind: "shortcuts" }
  /** Exporting chats, backing up, and taking chats in. */
  | { readonly kind: "carry" }
  /** A name for a new folder with this chat, or another one for a folder. */
  | { readonly kind: "folder"; readonly chatId: string; readonly folder: null }
  | { readonly kind: "folder"; readonly chatId: null; readonly folder: string }
  | { readonly kind: "models"; readonly selectedId: ModelId | null }
  | { readonly kind: "link"; readonly link: ModelUrl; readonly details: LinkDetails };

interface View {
  readonly dialog: OpenDialog;
  /** The list of chats, where the window is too narrow to show it always. */
  readonly isSidebarOpen: boolean;
  /** The name of the open chat is being written, in the header. */
  readonly isTitleEdited: boolean;
}

export const useView = create<View>(() => ({
  dialog: { kind: "none" },
  isSidebarOpen: false,
  isTitleEdited: false,
}));

export function openDialog(dialog: OpenDialog): void {
  useView.setState({ dialog, isSidebarOpen: false });
}

export function closeDialog(): void {
  useView.setState({ dialog: { kind: "none" } });
}

export function setSidebarOpen(isSidebarOpen: boolean): void {
  useView.setState({ isSidebarOpen });
}

export function setTitleEdited(isTitleEdited: boolean): void {
  useView.setState({ isTitleEdited });
}
