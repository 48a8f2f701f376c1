import { AlertDialog } from "radix-ui";
import { acceptLink, declineLink } from "../../../stores/boot";
import { useView, type LinkDetails } from "../../../stores/view";
import { ErrorNotice } from "../../parts/notices/ErrorNotice";
import { formatBytes, formatParameters } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { useReturnFocus } from "../../parts/hooks/use-return-focus";
import { t } from "../../../../language/language";
import styles from "./LinkDialog.module.css";
import sheetStyles from "../../parts/Sheet.module.css";

/** Asks before a model that the page's address names is fetched. */
export function LinkDialog() {
  const dialog = useView((s) => s.dialog);
  const focus = useReturnFocus();
  if (dialog.kind !== "link") return null;
  const { link, details } = dialog;
  const isRefused = link.kind === "refused";
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && declineLink()}>
      <AlertDialog.Portal>
        <div className={sheetStyles.scrim} />
        <AlertDialog.Content className={`${sheetStyles.sheet} ${sheetStyles.small}`} {...focus}>
          <AlertDialog.Title className={sheetStyles.title}>
            {isRefused ? t("This link can not be used") : t("Load the model from this link?")}
          </AlertDialog.Title>
          <AlertDialog.Description>
            {isRefused
              ? link.reason
              : t(
                  "The link you opened asks for a model from another place. Nothing has been downloaded. Go on only if you trust whoever gave you the link.",
                )}
          </AlertDialog.Description>
          {!isRefused && (
            <dl className={styles.facts}>
              <dt>{t("Host")}</dt>
              <dd>{link.host}</dd>
              <dt>{t("File")}</dt>
              <dd>{link.fileName}</dd>
              <DetailRows details={details} />
            </dl>
          )}
          {details.phase === "failed" && <ErrorNotice error={details.error} />}
          <div className={sheetStyles.actions}>
            <AlertDialog.Cancel asChild>
              <Button>{isRefused || details.phase === "failed" ? t("Close") : t("No, thanks")}</Button>
            </AlertDialog.Cancel>
            {!isRefused && details.phase !== "failed" && (
              // Not AlertDialog.Action: that would also close the dialog, which counts as a no.
              <Button look="solid" disabled={details.phase === "asking"} onClick={acceptLink}>
                {t("Download and use it")}
              </Button>
            )}
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function DetailRows({ details }: { details: LinkDetails }) {
  switch (details.phase) {
    case "asking":
    case "failed":
      return (
        <>
          <dt>{t("Size")}</dt>
          <dd>{details.phase === "asking" ? t("asking…") : t("not known")}</dd>
        </>
      );
    case "known":
      return (
        <>
          <dt>{t("Size")}</dt>
          <dd>{formatBytes(details.description.sizeBytes)}</dd>
          <dt>{t("Model")}</dt>
          <dd>
            {t("{name}, {nParameters} parameters", {
              name: details.description.name,
              nParameters: formatParameters(details.description.nParameters),
            })}
          </dd>
        </>
      );
    default:
      details satisfies never;
      throw new Error("unreachable");
  }
}
