import { Component, type ReactNode } from "react";
import { toWireError } from "../../../../ground/errors";
import { ErrorNotice } from "./ErrorNotice";
import { Button } from "../buttons/Button";
import { t, type Sentence } from "../../../../language/language";
import styles from "./ErrorBoundary.module.css";

interface Props {
  /** The thing that stands in it, as a sentence begins. */
  what: Sentence;
  /** A way out other than trying again. */
  hint?: Sentence;
  /** Names what is shown; another thing is tried by itself. */
  resetKey?: string | null;
  /**
   * Closes a part that can be done without. What the boundary says then stands over the page, as the part
   * itself may.
   */
  onClose?: () => void;
  children: ReactNode;
}

interface State {
  /** `null`: none. Wrapped, for anything can be thrown. */
  readonly failure: { readonly error: unknown } | null;
  readonly resetKey: Props["resetKey"];
}

/**
 * Returns whether a part of the app did not come: the network is gone, or a new version has other files.
 * Browsers keep the failed import, so only a new page asks again. They say it in words alone: Chromium,
 * Safari, Firefox; then Vite, of a part's styles.
 */
const isUnloaded = (error: unknown) =>
  error instanceof Error &&
  /Failed to fetch dynamically imported module|Importing a module script failed|error loading dynamically imported module|Unable to preload CSS/i.test(
    error.message,
  );

/** A part of the page that fails by itself: without one, an error in drawing any part leaves a blank page. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failure: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failure: { error } };
  }

  static getDerivedStateFromProps({ resetKey }: Props, state: State): State | null {
    return resetKey === state.resetKey ? null : { failure: null, resetKey };
  }

  private readonly reset = () => this.setState({ failure: null });

  private readonly close = () => {
    this.props.onClose?.();
    this.reset();
  };

  override render() {
    const { what, hint, onClose, children } = this.props;
    const { failure } = this.state;
    if (failure === null) return children;
    const error = toWireError(failure.error);
    return (
      <div className={onClose ? `${styles.failedPart} ${styles.failedPartOver}` : styles.failedPart}>
        <ErrorNotice
          error={{
            code: "internal",
            message: t("{what} could not be shown: {message}", { what, message: error.message }),
            hint: hint ?? error.hint,
          }}
        >
          {isUnloaded(failure.error) ? (
            <Button onClick={() => location.reload()}>{t("Reload the page")}</Button>
          ) : (
            <Button onClick={this.reset}>{t("Try again")}</Button>
          )}
          {onClose && <Button onClick={this.close}>{t("Close")}</Button>}
        </ErrorNotice>
      </div>
    );
  }
}
