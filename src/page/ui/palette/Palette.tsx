import { Command as List } from "cmdk";
import { Dialog } from "radix-ui";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useChat } from "../../stores/chat/chat";
import { endFind, findChats, findTitles, openFound, useFind } from "../../stores/chat/list/find-chats";
import { tellApart } from "../../stores/chat/list/group-chats";
import { openStoredChat } from "../../stores/documents/quotations";
import { closeDialog } from "../../stores/view";
import { useReturnFocus } from "../parts/hooks/use-return-focus";
import { useToday } from "../parts/hooks/use-today";
import { Keys } from "../parts/keys/Keys";
import { VisuallyHidden } from "../parts/VisuallyHidden";
import { commandsNow, findCommands, type Command } from "./commands";
import { t } from "../../../language/language";
import styles from "./Palette.module.css";
import sheetStyles from "../parts/Sheet.module.css";

/** Finds chats by title and text, and commands by name. */
export function Palette() {
  const focus = useReturnFocus();
  const [query, setQuery] = useState("");
  // The box is there first, and what it finds in a task of its own: both at once kept the page for 58 to 82
  // ms of CPU where a thousand chats are stored (Chromium 156, 2-core cloud machine).
  const isDrawn = useDeferredValue(true, false);
  // The memory of what is searched lasts as long as the palette.
  useEffect(() => endFind, []);
  const change = (text: string) => {
    setQuery(text);
    void findChats(text);
  };
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && closeDialog()}>
      <Dialog.Portal>
        <div className={sheetStyles.scrim} />
        <Dialog.Content className={styles.palette} aria-describedby={undefined} {...focus}>
          <Dialog.Title asChild>
            <VisuallyHidden>{t("Find a chat or a command")}</VisuallyHidden>
          </Dialog.Title>
          <List shouldFilter={false} label={t("Find a chat or a command")} loop>
            <List.Input
              className={styles.input}
              value={query}
              onValueChange={change}
              placeholder={t("Find a chat or a command")}
              dir="auto"
            />
            {isDrawn && <Results query={query} />}
          </List>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Results({ query }: { query: string }) {
  const summaries = useChat((s) => s.summaries);
  const { found, isSearching } = useFind();
  const [commands] = useState(commandsNow);
  const today = useToday();
  const marks = useMemo(() => tellApart(summaries, today), [summaries, today]);
  const titles = useMemo(() => findTitles(summaries, query), [summaries, query]);
  const hits = findCommands(commands, query);
  const byId = new Map(summaries.map((summary) => [summary.id, summary]));
  const inTexts = query.trim() === "" ? [] : found.flatMap((hit) => ({ hit, chat: byId.get(hit.id) ?? [] }));
  const detailOf = (id: string, isArchived = false) =>
    [marks.get(id), isArchived && "archived"].filter(Boolean).join(" · ");
  const isEmpty = titles.length + hits.length + inTexts.length === 0;
  return (
    <>
      <List.List className={styles.list} label={t("Results")}>
        {titles.length > 0 && (
          <List.Group
            className={styles.group}
            heading={query.trim() === "" ? t("Chats changed last") : t("Chats")}
          >
            {titles.map(({ id, title, isArchived }) => (
              <Row key={id} value={`chat ${id}`} run={() => void openStoredChat(id)}>
                <span className={styles.name} dir="auto">
                  {title}
                </span>
                <span className={styles.detail}>{detailOf(id, isArchived)}</span>
              </Row>
            ))}
          </List.Group>
        )}
        {hits.length > 0 && <Commands commands={hits} />}
        {inTexts.length > 0 && (
          <List.Group className={styles.group} heading={t("In the texts")}>
            {inTexts.map(({ hit, chat }) =>
              Array.isArray(chat) ? null : (
                <Row key={hit.id} value={`text ${hit.id}`} run={() => void openFound(hit)}>
                  <span className={styles.place}>
                    <span className={styles.name} dir="auto">
                      {chat.title}
                    </span>
                    <span className={styles.snippet} dir="auto">
                      {hit.before}
                      <mark>{hit.match}</mark>
                      {hit.after}
                    </span>
                  </span>
                  <span className={styles.detail}>{detailOf(hit.id, chat.isArchived)}</span>
                </Row>
              ),
            )}
          </List.Group>
        )}
      </List.List>
      <p className={styles.none} role="status">
        {isEmpty && (isSearching ? t("Searching…") : t("Nothing found. Try fewer or other words."))}
      </p>
    </>
  );
}

function Commands({ commands }: { commands: readonly Command[] }) {
  return (
    <List.Group className={styles.group} heading={t("Commands")}>
      {commands.map(({ id = "", name, shortcut, run }) => (
        <Row key={`${id} ${name}`} value={`command ${id} ${name}`} run={run}>
          <span className={styles.name} dir="auto">
            {name}
          </span>
          {shortcut && <Keys of={shortcut} />}
        </Row>
      ))}
    </List.Group>
  );
}

interface RowProps {
  value: string;
  run: () => void;
  children: React.ReactNode;
}

function Row({ value, run, children }: RowProps) {
  const choose = () => {
    closeDialog();
    run();
  };
  return (
    <List.Item className={styles.row} value={value} onSelect={choose}>
      {children}
    </List.Item>
  );
}
