import { ChevronRight, Pencil } from "lucide-react";
import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import { discardChat } from "../../../stores/chat/answer";
import { useChat } from "../../../stores/chat/chat";
import { groupChats, tellApart, type ChatGroup } from "../../../stores/chat/list/group-chats";
import { openDialog } from "../../../stores/view";
import { IconButton } from "../../parts/buttons/IconButton";
import { isPressed } from "../../parts/keys/shortcuts";
import { ChatItem } from "./ChatItem";
import { firstRows, useMoreRows } from "./use-more-rows";
import { useToday } from "../../parts/hooks/use-today";
import { leaveRow, walkRows } from "./walk-rows";
import { t } from "../../../../language/language";
import styles from "./ChatList.module.css";

const archive = "archived Archived";
const keyOf = ({ kind, name }: ChatGroup) => `${kind} ${name}`;

/**
 * All chats, in groups. One stop of the Tab key; arrow keys walk through it. The first ones are there, more
 * come as the list is scrolled: a thousand at once would hold up the page.
 */
export function ChatList() {
  const summaries = useChat((s) => s.summaries);
  const openId = useChat((s) => s.openId);
  const today = useToday();
  const [folded, setFolded] = useState<readonly string[]>([archive]);
  const [lastRow, setLastRow] = useState<string | null>(null);
  const list = useRef<HTMLElement>(null);
  const { nRows, end } = useMoreRows(list, summaries.length);
  const groups = useMemo(() => groupChats(summaries, today), [summaries, today]);
  const marks = useMemo(() => tellApart(summaries, today), [summaries, today]);

  const isFolded = (group: ChatGroup) => folded.includes(keyOf(group));
  const shown = firstRows(groups, nRows, isFolded);
  const rows = shown.flatMap((group) => [
    ...(canFold(group) ? [keyOf(group)] : []),
    ...(isFolded(group) ? [] : group.chats.map(({ id }) => id)),
  ]);
  const tabStop = [lastRow, openId].find((row) => row !== null && rows.includes(row)) ?? rows[0];
  const toggle = (group: ChatGroup) => {
    const key = keyOf(group);
    setFolded(folded.includes(key) ? folded.filter((other) => other !== key) : [...folded, key]);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.defaultPrevented) return;
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]")?.dataset["row"];
    if (row !== undefined && useChat.getState().summaries.some(({ id }) => id === row))
      if (isPressed(event.nativeEvent, "remove")) {
        event.preventDefault();
        leaveRow(event.currentTarget);
        discardChat(row);
        return;
      }
    if (walkRows(event.currentTarget, event.key)) event.preventDefault();
  };

  return (
    // The rows have the focus; the keys that walk between them are heard here.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <nav
      ref={list}
      className={styles.chatList}
      aria-label={t("Stored chats")}
      onKeyDown={onKeyDown}
      onFocus={({ target }) => setLastRow(target.dataset["row"] ?? lastRow)}
    >
      {summaries.length === 0 && (
        <p className={styles.empty}>{t("Your chats will be listed here. They are kept on this device.")}</p>
      )}
      {shown.map((group) => (
        <section key={keyOf(group)} className={styles.group}>
          <GroupName
            group={group}
            isFolded={isFolded(group)}
            isTabStop={tabStop === keyOf(group)}
            onToggle={() => toggle(group)}
          />
          {!isFolded(group) && (
            <ul aria-label={group.name}>
              {group.chats.map(({ id, title }) => (
                <ChatItem
                  key={id}
                  id={id}
                  title={title}
                  mark={marks.get(id)}
                  isOpen={id === openId}
                  isTabStop={id === tabStop}
                />
              ))}
            </ul>
          )}
        </section>
      ))}
      <div ref={end} />
    </nav>
  );
}

/** Days need no folding: what is old is below. */
const canFold = ({ kind }: ChatGroup) => kind === "folder" || kind === "archived";

interface GroupNameProps {
  group: ChatGroup;
  isFolded: boolean;
  isTabStop: boolean;
  onToggle: () => void;
}

function GroupName({ group, isFolded, isTabStop, onToggle }: GroupNameProps) {
  if (!canFold(group)) return <p className={styles.groupName}>{group.name}</p>;
  return (
    <div className={styles.groupName}>
      <button
        type="button"
        className={styles.toggle}
        data-row={keyOf(group)}
        tabIndex={isTabStop ? 0 : -1}
        aria-expanded={!isFolded}
        onClick={onToggle}
      >
        <ChevronRight size={14} aria-hidden />
        <span dir="auto">{group.name}</span>
      </button>
      {group.kind === "folder" && (
        <IconButton
          className={styles.rename}
          label={t("Rename the folder “{name}”", { name: group.name })}
          icon={Pencil}
          tabIndex={-1}
          onClick={() => openDialog({ kind: "folder", chatId: null, folder: group.name })}
        />
      )}
    </div>
  );
}
