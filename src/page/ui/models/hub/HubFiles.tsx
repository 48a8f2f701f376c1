import { X } from "lucide-react";
import { closeLookup } from "../../../stores/models/hub";
import type { HubModel, HubRepository } from "../../../../worker/rpc/protocol/hub";
import { formatBytes } from "../../parts/words/format";
import { HubModelRow } from "./HubModelRow";
import { IconButton } from "../../parts/buttons/IconButton";
import { Hint } from "../../parts/fields/Hint";
import { Problem } from "../../parts/notices/Problem";
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
    if (name === asked) return isRunnable ? "asked for" : null;
    return name === suggested ? "recommended here" : null;
  };
  return (
    <section className={styles.hubFiles} aria-label={`Models of ${repo}`}>
      <header>
        <h4>{repo}</h4>
        <IconButton label={`Put ${repo} away`} icon={X} onClick={closeLookup} />
      </header>
      {missing !== null && <Problem>“{missing}” is not in this repository. This is what it has:</Problem>}
      <Hint>
        As of commit {revision.slice(0, 7)}
        {isGated && ", under a licence that has to be accepted"}. Below each model: about the GPU memory it
        takes, by length of context.
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
          <summary>Files that are no models of their own ({setAside.length})</summary>
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
