/** Takes the focus when it comes: the step of the dialog before, whose button had it, is gone. */
export function focusFirst(button: HTMLButtonElement | null): void {
  button?.focus();
}
