import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { WireError } from "../../../ground/errors";
import { errorTitles, stepsFor } from "./words/advice";
import "./ErrorNotice.css";

interface Props {
  error: WireError;
  /** Buttons for what can be done. */
  children?: ReactNode;
}

export function ErrorNotice({ error, children }: Props) {
  const steps = stepsFor(error.code, navigator.userAgent, isSecureContext);
  return (
    <div className="error-notice" role="alert">
      <TriangleAlert size={18} aria-hidden />
      <div className="error-notice-body">
        <p className="error-notice-title">{errorTitles[error.code]}</p>
        <p className="error-notice-message">{error.message}</p>
        {error.hint !== "" && <p>{error.hint}</p>}
        {steps.length > 0 && (
          <ul>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        )}
        {children && <div className="error-notice-actions">{children}</div>}
      </div>
    </div>
  );
}
