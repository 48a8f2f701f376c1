import { FolderPlus, Paperclip, Quote } from "lucide-react";
import { useRef, type ChangeEvent } from "react";
import { attachOrOffer } from "../../../stores/carry/attach-or-offer";
import { useAttachments } from "../../../stores/documents/attachments";
import { useChat } from "../../../stores/chat/chat";
import { changeSettings, useSettings } from "../../../stores/settings/settings";
import { IconButton } from "../../parts/buttons/IconButton";
import { Toggle } from "../../parts/buttons/Toggle";
import { t } from "../../../../language/language";

/** Picks documents for the next message, and says whether answers are to quote them. */
export function AttachButtons() {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const onPick = ({ target }: ChangeEvent<HTMLInputElement>) => {
    attachOrOffer([...(target.files ?? [])]);
    target.value = ""; // the same file can be picked again
  };
  return (
    <>
      <input ref={files} type="file" multiple hidden aria-label={t("Documents")} onChange={onPick} />
      <input
        ref={(input) => {
          folder.current = input;
          input?.setAttribute("webkitdirectory", ""); // React knows no such attribute
        }}
        type="file"
        hidden
        aria-label={t("Folder of documents")}
        onChange={onPick}
      />
      <IconButton label={t("Attach documents")} icon={Paperclip} onClick={() => files.current?.click()} />
      <IconButton label={t("Attach a folder")} icon={FolderPlus} onClick={() => folder.current?.click()} />
      <QuoteToggle />
    </>
  );
}

function QuoteToggle() {
  const isOn = useSettings((s) => s.quoteDocuments);
  const isAttached = useAttachments((s) => s.list.length > 0);
  const isInChat = useChat((s) =>
    ((s.openId !== null && s.threads[s.openId]) || []).some((id) => {
      const message = s.messages[id];
      return message?.role === "user" && (message.documents?.length ?? 0) > 0;
    }),
  );
  if (!isAttached && !isInChat) return null;
  return (
    <Toggle
      isOn={isOn}
      title={t("Ask for the passages an answer rests on; each becomes a link to its place")}
      onClick={() => changeSettings({ quoteDocuments: !isOn })}
    >
      <Quote size={15} aria-hidden /> {t("Quote the document")}
    </Toggle>
  );
}
