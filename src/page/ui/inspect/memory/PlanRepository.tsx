import { Globe } from "lucide-react";
import { useState, type FormEvent } from "react";
import { choosePlanTarget } from "../../../stores/inspect/inspect-memory";
import { Button } from "../../parts/buttons/Button";
import { t } from "../../../../language/language";
import styles from "./Memory.module.css";

interface Props {
  /** To begin with. */
  repo: string;
}

/** Asks the hub, when the person says so, for the headers of a repository's model: GGUF or safetensors. */
export function PlanRepository({ repo }: Props) {
  const [typed, setTyped] = useState(repo);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== "") choosePlanTarget({ kind: "hub", repo: typed.trim() });
  };
  return (
    <form className={styles.planRepository} onSubmit={ask}>
      <input
        aria-label={t("Repository on the hub")}
        placeholder={t("owner/name")}
        spellCheck={false}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button type="submit">
        <Globe size={15} aria-hidden /> {t("Ask the hub")}
      </Button>
    </form>
  );
}
