import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { boot } from "./stores/boot";
import { keepDraftsOverReload } from "./stores/draft";
import { followOtherTabs } from "./stores/settings";
import { applyTheme } from "./ui/theme";
import { Pages } from "./ui/Pages";
import "./ui/base.css";

applyTheme();
followOtherTabs();
keepDraftsOverReload();
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <Pages />
  </StrictMode>,
);
void boot();
if (import.meta.env.PROD) void import("./stores/app-update").then(({ watchForUpdates }) => watchForUpdates());
