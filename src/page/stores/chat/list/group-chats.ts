import type { ConversationSummary } from "../chat";
import { dateFormat } from "../../../../language/dates";
import { t } from "../../../../language/language";

export interface ChatGroup {
  readonly kind: "pinned" | "folder" | "date" | "archived";
  readonly name: string;
  readonly chats: readonly ConversationSummary[];
}

const dayMs = 24 * 60 * 60 * 1000;
const names = new Intl.Collator(undefined, { numeric: true });

/** The first moment of the day of `time`, by the person's clock. */
export const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/**
 * The chats as they are listed: pinned ones, folders by name, the others by the day of their last change, and
 * what is archived behind all. Within a group they stay in the order they come in.
 *
 * @param today  the first moment of this day
 */
export function groupChats(summaries: readonly ConversationSummary[], today: number): readonly ChatGroup[] {
  const groups = new Map<string, { kind: ChatGroup["kind"]; name: string; chats: ConversationSummary[] }>();
  for (const chat of summaries) {
    const { kind, name } = groupOf(chat, today);
    const key = `${kind} ${name}`;
    const group = groups.get(key) ?? { kind, name, chats: [] };
    groups.set(key, group);
    group.chats.push(chat);
  }
  const all = [...groups.values()];
  const of = (kind: ChatGroup["kind"]) => all.filter((group) => group.kind === kind);
  const folders = of("folder").sort((a, b) => names.compare(a.name, b.name));
  return [...of("pinned"), ...folders, ...of("date"), ...of("archived")];
}

function groupOf(chat: ConversationSummary, today: number): Pick<ChatGroup, "kind" | "name"> {
  if (chat.isArchived) return { kind: "archived", name: t("Archived") };
  if (chat.isPinned) return { kind: "pinned", name: t("Pinned") };
  if (chat.folder) return { kind: "folder", name: chat.folder };
  return { kind: "date", name: dayName(chat.updatedAt, today) };
}

function dayName(time: number, today: number): string {
  if (time >= today) return t("Today");
  // By days of the calendar: one on which clocks change has 23 or 25 hours.
  const days = Math.round((today - startOfDay(time)) / dayMs);
  if (days === 1) return t("Yesterday");
  if (days <= 7) return t("Last 7 days");
  if (days <= 30) return t("Last 30 days");
  return dateFormat("month").format(time);
}

/** Names of all folders, in the order of the list. */
export const folderNames = (summaries: readonly ConversationSummary[]): readonly string[] =>
  [...new Set(summaries.flatMap(({ folder }) => folder || []))].sort(names.compare);

/**
 * The marks that tell chats of one title apart, by id: the time of their beginning, numbered where it is
 * equal.
 */
export function tellApart(
  summaries: readonly ConversationSummary[],
  today: number,
): ReadonlyMap<string, string> {
  const byTitle = new Map<string, ConversationSummary[]>();
  for (const chat of summaries) {
    const title = chat.title.trim().toLowerCase();
    byTitle.set(title, [...(byTitle.get(title) ?? []), chat]);
  }
  const marks = new Map<string, string>();
  for (const twins of byTitle.values()) {
    if (twins.length < 2) continue;
    const seen = new Map<string, number>();
    for (const { id, createdAt } of twins.toSorted((a, b) => a.createdAt - b.createdAt)) {
      const time = beginning(createdAt, today);
      const nth = (seen.get(time) ?? 0) + 1;
      seen.set(time, nth);
      marks.set(id, nth === 1 ? time : `${time} (${nth})`);
    }
  }
  return marks;
}

function beginning(time: number, today: number): string {
  const clock = dateFormat("clock").format(time);
  if (time >= today) return clock;
  const isThisYear = new Date(time).getFullYear() === new Date(today).getFullYear();
  return isThisYear ? `${dateFormat("day").format(time)}, ${clock}` : dateFormat("date").format(time);
}
