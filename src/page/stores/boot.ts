import { engine } from "../../worker/rpc/client";
import { giveModelAway, leaveDeletedChat } from "./chat/answer";
import { readConversations, refreshChat, relistChats, takeFacts } from "./chat/chat";
import { startEngine, useEngine, endStart } from "./models/engine";
import { readAccess } from "./models/hub-settings";
import { addModel, refreshModels, switchToUsualModel } from "./models/models";
import { claimModel, shareModel } from "./models/model-tab";
import { readModelLink, type ModelUrl } from "./models/model-url";
import { giveBackLeftChats } from "./chat/left-chats";
import { countForEachModel } from "./documents/attachments";
import { followAddress } from "./chat/list/follow-address";
import { readAttachedAhead } from "./documents/reading-ahead";
import { hearTabs } from "./chat/tab-news";
import { closeDialog, openDialog, useView, type LinkDetails } from "./view";
import { watchStorage } from "./visit-notes";
import { asWireError } from "./wire-error";

/**
 * Brings the page up: chats, GPU, then the model that a link names if the person says so, or the usual one.
 */
export async function boot(): Promise<void> {
  watchStorage();
  const openAddressed = followAddress();
  void readConversations().then(openAddressed);
  void readAccess();
  countForEachModel();
  readAttachedAhead();
  giveBackLeftChats();
  void import("./inspect/inspect-state").then(({ dropOldStates }) => dropOldStates());
  shareModel(giveModelAway);
  // before other tabs see that it is free: this one may have been reloaded
  if (location.hash !== "#lab") void claimModel();
  hearTabs((news) => {
    if (news.kind === "changed") takeFacts(news.id, news.facts);
    else if (news.kind === "listed") void relistChats(news.ids).catch(() => undefined);
    else if (news.kind === "removed") leaveDeletedChat(news.id);
    else void refreshChat(news.id);
  });
  if (!(await startEngine())) return;
  try {
    await refreshModels();
  } catch (cause) {
    useEngine.setState({ status: { phase: "failed", error: asWireError(cause), model: null } });
    return;
  }
  if (location.hash === "#lab") await outOfLab();
  const link = readModelLink(location.search);
  endStart();
  await (link === null ? switchToUsualModel() : askAboutLink(link));
}

/** The lab needs no model, and would have to wait while one is loaded. */
async function outOfLab(): Promise<void> {
  while (location.hash === "#lab")
    await new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
}

/**
 * Shows where the linked model would come from. Its header is read for the size; the file itself is not
 * fetched.
 */
async function askAboutLink(link: ModelUrl): Promise<void> {
  const show = (details: LinkDetails) => openDialog({ kind: "link", link, details });
  show({ phase: "asking" });
  if (link.kind === "refused") return;
  const details = await engine.call("inspect", [{ kind: "url", url: link.url }]).then(
    (description): LinkDetails => ({ phase: "known", description }),
    (cause: unknown): LinkDetails => ({ phase: "failed", error: asWireError(cause) }),
  );
  const { dialog } = useView.getState();
  if (dialog.kind === "link" && dialog.link === link) show(details);
}

/** The person wants the linked model: it is fetched, stored and loaded. */
export function acceptLink(): void {
  const { dialog } = useView.getState();
  if (dialog.kind !== "link" || dialog.link.kind !== "accepted") return;
  const { url, fileName } = dialog.link;
  leaveLink();
  void addModel({ kind: "url", url }, fileName);
}

/** Nothing of the linked model is fetched or kept; the page goes on as without the link. */
export function declineLink(): void {
  leaveLink();
  void switchToUsualModel();
}

function leaveLink(): void {
  closeDialog();
  const address = new URL(location.href);
  address.searchParams.delete("model");
  history.replaceState(history.state, "", address);
}
