import { rules } from "./texts";
import { t } from "../../../language/language";
import styles from "./Lab.module.css";

export function LabRules() {
  return (
    <section className={styles.rules} aria-labelledby="lab-rules-title">
      <h2 id="lab-rules-title">{t("The rules")}</h2>
      <p>
        {t(
          "S is the state, k a key, v its value. Reading a key q gives Sᵀ q. All seven are one kernel with other gates, run with the same pairs. A trained model chooses its gates by what it reads; here they are set by hand.",
        )}
      </p>
      <dl>
        {Object.entries(rules).map(([id, { name, recurrence, gates, paper }]) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd>
              <code>{recurrence}</code>
              <p>
                {t(gates)} {paper}
              </p>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
