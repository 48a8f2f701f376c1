import { Download } from "lucide-react";
import { t } from "../../../../language/language";
import { useEngine } from "../../../stores/models/engine";
import { askRecommended, downloadRecommended, lookUp, useHub, type Lookup } from "../../../stores/models/hub";
import { useHubAccess } from "../../../stores/models/hub-settings";
import { useModels } from "../../../stores/models/models";
import { fitsMemory, orderByFit } from "../../../stores/models/order-models";
import { recommendedModels, type Recommended } from "../../../stores/models/recommended";
import { ErrorNotice } from "../../parts/notices/ErrorNotice";
import { VisuallyHidden } from "../../parts/VisuallyHidden";
import { HubModelRow } from "./HubModelRow";
import { Button } from "../../parts/buttons/Button";
import styles from "./Hub.module.css";

/**
 * Models to begin with; those that fit this device first, once that is known. The hub is asked about them
 * when the person wants to know: their bytes and memory are what it says then.
 */
export function RecommendedModels() {
  const host = useHubAccess((s) => URL.parse(s.hubUrl)?.host ?? s.hubUrl);
  const recommended = useHub((s) => s.recommended);
  const budgetBytes = useBudget();
  const phaseOf = ({ repo }: Recommended) => recommended[repo]?.phase ?? "none";
  const isAsked = recommendedModels.every((model) => phaseOf(model) !== "none");
  const isAsking = recommendedModels.some((model) => phaseOf(model) === "asking");
  const error = Object.values(recommended).find((lookup) => lookup.phase === "failed")?.error;
  const ordered = orderByFit(recommendedModels, ({ repo }) => {
    const proposed = proposedBy(recommended[repo]);
    return proposed && fitsMemory(proposed.model, budgetBytes);
  });
  return (
    <section className={styles.recommended} aria-labelledby="recommended">
      <h4 id="recommended">{t("Recommended")}</h4>
      {!isAsked && (
        <p className={styles.ask}>
          <Button onClick={() => void askRecommended()}>
            {t("Ask {host} for sizes and memory", { host })}
          </Button>{" "}
          {t("Nothing is asked of it before.")}
        </p>
      )}
      <VisuallyHidden as="p" role="status">
        {isAsking ? t("Asking {host} for sizes and memory", { host }) : ""}
      </VisuallyHidden>
      <ul>
        {ordered.map((model) => (
          <RecommendedRow key={model.repo} recommended={model} />
        ))}
      </ul>
      {error && !isAsking && (
        <ErrorNotice error={error}>
          <Button onClick={() => void askRecommended()}>{t("Ask again")}</Button>
        </ErrorNotice>
      )}
    </section>
  );
}

const useBudget = () => useEngine((s) => s.device?.budgetBytes ?? Infinity);

/**
 * The one of a repository's models that is proposed for this device; undefined as long as it is not known.
 */
function proposedBy(lookup: Lookup | undefined) {
  if (lookup?.phase !== "found") return undefined;
  const { repository } = lookup;
  const model = repository.models.find(({ name }) => name === repository.suggested);
  return model && { repository, model };
}

function RecommendedRow({ recommended: { repo, name, words } }: { recommended: Recommended }) {
  const lookup = useHub((s) => s.recommended[repo]);
  const isBusy = useModels((s) => s.transfer.phase === "running");
  const budgetBytes = useBudget();
  const proposed = proposedBy(lookup);
  if (proposed) {
    const { repository, model } = proposed;
    const fits = fitsMemory(model, budgetBytes);
    return (
      <HubModelRow
        repository={repository}
        model={{ ...model, explanation: t(words) }}
        title={`${name} ${model.name}`}
        badge={fits === true ? t("fits this device") : null}
        verb={t("Download and start")}
      >
        <FilesButton repo={repo} name={name} />
      </HubModelRow>
    );
  }
  return (
    <li className={styles.hubModel}>
      <div className={styles.hubModelLine}>
        <div className={styles.hubModelText}>
          <p className={styles.hubModelTitle}>
            <strong>{name}</strong> {stateOf(lookup)}
          </p>
          <p>{t("{words}.", { words: t(words) })}</p>
        </div>
        <FilesButton repo={repo} name={name} />
        {lookup?.phase !== "found" && (
          <Button
            disabled={isBusy || lookup?.phase === "asking"}
            aria-label={t("Download and start {name}", { name })}
            onClick={() => void downloadRecommended(repo)}
          >
            <Download size={16} aria-hidden /> {t("Download and start")}
          </Button>
        )}
      </div>
    </li>
  );
}

function stateOf(lookup: Lookup | undefined): string {
  if (lookup?.phase === "asking") return t("asking…");
  if (lookup?.phase === "failed") return t("size and memory not known");
  return lookup?.phase === "found" ? t("none of its files runs here") : "";
}

function FilesButton({ repo, name }: Pick<Recommended, "repo" | "name">) {
  const show = () => {
    void lookUp(repo);
    // They are listed under the box for repositories, which may be out of sight.
    document.getElementById("model-reference")?.scrollIntoView({ block: "start" });
  };
  return (
    <Button look="quiet" aria-label={t("Files of {name}", { name })} onClick={show}>
      {t("Files")}
    </Button>
  );
}
