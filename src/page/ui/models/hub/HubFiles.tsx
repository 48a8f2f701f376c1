import { X } from "lucide-react";
import { closeLookup } from "../../../stores/models/hub";
import type { HubModel, HubRepository } from "../../../../worker/rpc/protocol/hub";
import { formatBytes } from "../../parts/words/format";
import { HubModelRow } from "./HubModelRow";
import { IconButton } from "../../parts/buttons/IconButton";
import { Hint } from "../../parts/fields/Hint";
import { Problem } from "../../parts/notices/Problem";
import { t } from "../../../../language/language";
import styles from "./Hub.module.css";

interface Props {
  repository: HubRepository;
}

/** The files that a repository offers. What was asked for, or is proposed, comes first. */
export function HubFiles({ repository }: Props) {
  const { repo, revision, models, setAside, suggested, asked, missing, isGated } = repository;
  const first = asked ?? suggested;
  const ordered = [
    ...models.filter(({ name }) => name === first),
    ...models.filter(({ name }) => name !== first),
  ];
  const badgeOf = ({ name, isRunnable }: HubModel) => {
    if (name === asked) return isRunnable ? t("asked for") : null;
    return name === suggested ? t("recommended here") : null;
  };
  return (
    <section className={styles.hubFiles} aria-label={t("Models of {repo}", { repo })}>
      <header>
        <h4>{repo}</h4>
        <IconButton label={t("Put {repo} away", { repo })} icon={X} onClick={closeLookup} />
      </header>
      {missing !== null && (
        <Problem>{t("“{missing}” is not in this repository. This is what it has:", { missing })}</Problem>
      )}
      <Hint>
        {t(
          "As of commit {revision}{isGated}. Below each model: about the GPU memory it takes, by length of context.",
          {
            revision: revision.slice(0, 7),
            isGated: isGated && t(", under a licence that has to be accepted"),
          },
        )}
      </Hint>
      <ul>
        {ordered.map((model) => (
          <HubModelRow
            key={model.files[0]!.path}
            repository={repository}
            model={model}
            title={model.name}
            badge={badgeOf(model)}
          />
        ))}
      </ul>
      {setAside.length > 0 && (
        <details>
          <summary>
            {t("Files that are no models of their own ({nSetAside})", { nSetAside: setAside.length })}
          </summary>
          <ul className={styles.hubAside}>
            {setAside.map(({ path, sizeBytes, reason }) => (
              <li key={path}>
                <strong>{path}</strong> {formatBytes(sizeBytes)}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
