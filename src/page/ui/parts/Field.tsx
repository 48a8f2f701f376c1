import { useId, type ReactNode } from "react";
import "./Field.css";

interface Props {
  label: string;
  /** The field's effect, in a person's words. */
  hint: string;
  /** The value as text, beside the label. */
  value?: string;
  children: (id: string, hintId: string) => ReactNode;
}

/** A labelled, explained input. */
export function Field({ label, hint, value, children }: Props) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
        {value !== undefined && <output htmlFor={id}>{value}</output>}
      </div>
      {children(id, hintId)}
      <p id={hintId} className="field-hint">
        {hint}
      </p>
    </div>
  );
}
