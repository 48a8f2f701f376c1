import { LinkDialog } from "./LinkDialog";
import { ModelsDialog } from "./ModelsDialog";
import { SettingsDialog } from "./SettingsDialog";
import { StoragePanel } from "./StoragePanel";

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
