import { LinkDialog } from "../models/hub/LinkDialog";
import { ModelsDialog } from "../models/ModelsDialog";
import { SettingsDialog } from "../settings/SettingsDialog";
import { StoragePanel } from "../models/storage/StoragePanel";

/** What opens over the page. Loaded after the first paint, which needs none of it. */
export function Dialogs() {
  return (
    <>
      <SettingsDialog />
      <ModelsDialog />
      <StoragePanel />
      <LinkDialog />
    </>
  );
}
