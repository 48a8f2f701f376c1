import { useEffect, useRef, useState, type RefObject } from "react";
import type { ChatGroup } from "../../../stores/chat/list/group-chats";

/**
 * Rows that are drawn at first, and that come with each look at the list's end: a screen of them, and half of
 * one.
 */
const rowsAtOnce = 40;

/** Counts the rows to draw of `nChats`: more whenever the end of the list comes near the view. */
export function useMoreRows(list: RefObject<HTMLElement | null>, nChats: number) {
  const [nRows, setNRows] = useState(rowsAtOnce);
  const end = useRef<HTMLDivElement>(null);
  const hasMore = nRows < nChats;
  useEffect(() => {
    if (!hasMore) return;
    const observer = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && setNRows((n) => n + rowsAtOnce),
      { root: list.current, rootMargin: "600px" },
    );
    observer.observe(end.current!);
    return () => observer.disconnect();
    // Observed anew after each change: an end that stays near is no news to the observer.
  }, [list, nRows, hasMore]);
  return { nRows, end };
}

/** The groups with no more than `nRows` chats in all. Those of a folded group take no room. */
export function firstRows(
  groups: readonly ChatGroup[],
  nRows: number,
  isFolded: (group: ChatGroup) => boolean,
): readonly ChatGroup[] {
  let left = nRows;
  return groups.flatMap((group) => {
    if (isFolded(group)) return group;
    if (left <= 0) return [];
    const chats = group.chats.slice(0, left);
    left -= group.chats.length;
    return { ...group, chats };
  });
}
