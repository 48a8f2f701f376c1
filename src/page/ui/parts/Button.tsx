import type { ComponentProps } from "react";
import "./Button.css";

interface Props extends ComponentProps<"button"> {
  /** "solid" for the one thing a place is for, "danger" for what can not be taken back. */
  look?: "plain" | "solid" | "quiet" | "danger";
}

export function Button({ look = "plain", className = "", type = "button", ...rest }: Props) {
  return <button type={type} className={`button button-${look} ${className}`} {...rest} />;
}
