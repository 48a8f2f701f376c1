import { expect, it } from "vitest";
import type { ConversationSummary } from "../chat";
import { folderNames, groupChats, startOfDay, tellApart } from "./group-chats";

const at = (text: string) => new Date(text).getTime();
const today = at("2026-11-30T00:00");
const chat = (id: string, updatedAt: string, facts: Partial<ConversationSummary> = {}) => ({
  id,
  title: `Chat ${id}`,
  createdAt: at(updatedAt),
  updatedAt: at(updatedAt),
  ...facts,
});
const shapeOf = (summaries: readonly ConversationSummary[]) =>
  groupChats(summaries, today).map(({ kind, name, chats }) => [kind, name, chats.map(({ id }) => id).join()]);

it("groups by the days of the calendar, whatever the hour", () => {
  expect(
    shapeOf([
      chat("a", "2026-11-30T00:00"),
      chat("b", "2026-11-29T23:59"),
      chat("c", "2026-11-28T00:00"),
      chat("d", "2026-11-23T12:00"),
      chat("e", "2026-11-22T23:00"),
      chat("f", "2026-10-31T00:00"),
      chat("g", "2026-10-30T23:59"),
      chat("h", "2025-11-30T08:00"),
      chat("i", "2025-11-01T08:00"),
    ]),
  ).toEqual([
    ["date", "Today", "a"],
    ["date", "Yesterday", "b"],
    ["date", "Last 7 days", "c,d"],
    ["date", "Last 30 days", "e,f"],
    ["date", "October 2026", "g"],
    ["date", "November 2025", "h,i"],
  ]);
});

it("puts what is pinned first, folders by name, and what is archived last, a pinned one too", () => {
  expect(
    shapeOf([
      chat("a", "2026-11-30T09:00"),
      chat("b", "2026-11-30T08:00", { folder: "Work 10" }),
      chat("c", "2026-11-30T07:00", { isPinned: true, folder: "Work 2" }),
      chat("d", "2026-11-30T06:00", { folder: "Work 2" }),
      chat("e", "2026-11-30T05:00", { isArchived: true, isPinned: true }),
      chat("f", "2026-11-30T04:00", { folder: null, isPinned: false }),
    ]),
  ).toEqual([
    ["pinned", "Pinned", "c"],
    ["folder", "Work 2", "d"],
    ["folder", "Work 10", "b"],
    ["date", "Today", "a,f"],
    ["archived", "Archived", "e"],
  ]);
});

it("names each folder once, those of pinned and archived chats too", () => {
  const folders = [{ folder: "B" }, { folder: "a", isArchived: true }, { folder: "B" }, { folder: null }, {}];
  expect(folderNames(folders.map((facts, i) => chat(String(i), "2026-11-30T09:00", facts)))).toEqual([
    "a",
    "B",
  ]);
});

it("tells equal titles apart, however they are spelled, and leaves others alone", () => {
  const marks = tellApart(
    [
      chat("a", "2026-11-30T09:05", { title: "Numbers" }),
      chat("b", "2026-11-30T09:05", { title: "numbers " }),
      chat("c", "2026-11-03T17:20", { title: "Numbers" }),
      chat("d", "2025-01-03T17:20", { title: "Numbers" }),
      chat("e", "2026-11-30T09:05", { title: "Letters" }),
    ],
    today,
  );
  expect(Object.fromEntries(marks)).toEqual({
    a: "09:05",
    b: "09:05 (2)",
    c: "Nov 3, 17:20",
    d: "Jan 3, 2025",
  });
});

it("a day begins at midnight of the person's clock", () => {
  expect(startOfDay(at("2026-11-30T23:59"))).toBe(today);
});
