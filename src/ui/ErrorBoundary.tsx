import { Component, type ReactNode } from "react";
import { toWireError } from "../errors";
import { ErrorNotice } from "./ErrorNotice";
import { Button } from "./parts/Button";
import "./ErrorBoundary.css";

interface Props {
  /** What stands in it, as a sentence begins. */
  what: string;
  /** What to do other than trying again. */
  hint?: string;
  /** Names what is shown; another thing is tried by itself. */
  resetKey?: string | null;
  /** Of a part that can be done without: closes it. What it says then stands over the page, as the part itself may. */
  onClose?: () => void;
  children: ReactNode;
}

interface State {
  /** `null`: none. Wrapped, for anything can be thrown. */
  readonly failure: { readonly error: unknown } | null;
  readonly resetKey: Props["resetKey"];
}

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
      <div className={onClose ? "failed-part failed-part-over" : "failed-part"}>
        <ErrorNotice
          error={{
            code: "internal",
            message: `${what} could not be shown: ${error.message}`,
            hint: hint ?? error.hint,
          }}
        >
          <Button onClick={this.reset}>Try again</Button>
          {onClose && <Button onClick={this.close}>Close</Button>}
        </ErrorNotice>
      </div>
    );
  }
}
