import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { boot } from "./stores/boot";
import { keepDraftsOverReload } from "./stores/chat/draft";
import { watchInstall } from "./stores/device/install";
import { finishDeleteAll, isDeleteAllAsked } from "./stores/delete-all";
import { followLanguage } from "./stores/settings/language";
import { followOtherTabs } from "./stores/settings/settings";
import { applyLook } from "./ui/parts/hooks/look";
import { Pages } from "./ui/shell/Pages";
import "./ui/shell/tokens.css";
import "./ui/shell/base.css";
import "./ui/shell/print.css";

applyLook();
followOtherTabs();
watchInstall(); // the browser offers it once, which may be before the language is there
void followLanguage().then(start);

function start(): void {
  keepDraftsOverReload();
  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <Pages />
    </StrictMode>,
  );
  void (isDeleteAllAsked() ? finishDeleteAll().then(boot) : boot());
  if (import.meta.env.PROD)
    void import("./stores/app-update").then(({ watchForUpdates }) => watchForUpdates());
  void import("./stores/device/hidden-tab").then(({ watchHiddenTab }) => watchHiddenTab());
  if (location.search.includes("shared"))
    void import("./stores/device/shared").then(({ takeShared }) => takeShared());
}
