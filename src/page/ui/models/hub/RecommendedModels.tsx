import { askRecommended, lookUp, useHub } from "../../../stores/models/hub";
import { useHubAccess } from "../../../stores/models/hub-settings";
import { recommendedModels, type Recommended } from "../../../stores/models/recommended";
import { ErrorNotice } from "../../parts/notices/ErrorNotice";
import { HubModelRow } from "./HubModelRow";
import { Button } from "../../parts/buttons/Button";
import styles from "./Hub.module.css";

/** Models to begin with. The hub is asked about them when the person wants to know. */
export function RecommendedModels() {
  const host = useHubAccess((s) => URL.parse(s.hubUrl)?.host ?? s.hubUrl);
  const recommended = useHub((s) => s.recommended);
  const isAsked = recommendedModels.every(({ repo }) => (recommended[repo]?.phase ?? "none") !== "none");
  const error = Object.values(recommended).find((lookup) => lookup.phase === "failed")?.error;
  return (
    <section className={styles.recommended} aria-labelledby="recommended">
      <h4 id="recommended">Recommended</h4>
      <ul>
        {recommendedModels.map((model) => (
          <RecommendedRow key={model.repo} recommended={model} />
        ))}
      </ul>
      {error && (
        <ErrorNotice error={error}>
          <Button onClick={() => void askRecommended()}>Ask again</Button>
        </ErrorNotice>
      )}
      {!isAsked && <Button onClick={() => void askRecommended()}>Ask {host} for sizes and memory</Button>}
    </section>
  );
}

function RecommendedRow({ recommended: { repo, name, words } }: { recommended: Recommended }) {
  const lookup = useHub((s) => s.recommended[repo]);
  if (lookup?.phase === "found") {
    const { repository } = lookup;
    const model = repository.models.find((candidate) => candidate.name === repository.suggested);
    if (model)
      return (
        <HubModelRow
          repository={repository}
          model={{ ...model, explanation: words }}
          title={`${name} ${model.name}`}
          badge={null}
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
            <strong>{name}</strong> {lookup?.phase === "asking" && "asking…"}
          </p>
          <p>{words}.</p>
        </div>
        <FilesButton repo={repo} name={name} />
      </div>
    </li>
  );
}

function FilesButton({ repo, name }: Pick<Recommended, "repo" | "name">) {
  return (
    <Button look="quiet" aria-label={`Files of ${name}`} onClick={() => void lookUp(repo)}>
      Files
    </Button>
  );
}
