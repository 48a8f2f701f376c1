import { LinkDialog } from "../models/hub/LinkDialog";
import { ModelsDialog } from "../models/ModelsDialog";
import { SettingsDialog } from "../settings/SettingsDialog";
import { StoragePanel } from "../models/storage/StoragePanel";
import { FolderDialog } from "./FolderDialog";
import { LazyPalette } from "./LazyPalette";

/** The dialogs that open over the page. Loaded after the first paint, which needs none of them. */
export function Dialogs() {
  return (
    <>
      <SettingsDialog />
      <ModelsDialog />
      <StoragePanel />
      <LinkDialog />
      <FolderDialog />
      <LazyPalette />
    </>
  );
}
