import { useContext, type ReactNode } from "react";
import { FieldSearch, isFoundBy } from "../parts/fields/field-search";
import styles from "./Section.module.css";

interface Props {
  /** Names the section for the links to it. */
  name: string;
  title: string;
  children: ReactNode;
}

/** Settings that belong together. A search that names the section shows all of it; an empty one is hidden. */
export function Section({ name, title, children }: Props) {
  const query = useContext(FieldSearch);
  const isNamed = query !== "" && isFoundBy(query, title);
  return (
    <section className={styles.section} aria-labelledby={`settings-${name}`} data-section={name}>
      <h3 id={`settings-${name}`} className={styles.title}>
        {title}
      </h3>
      <FieldSearch value={isNamed ? "" : query}>{children}</FieldSearch>
    </section>
  );
}
