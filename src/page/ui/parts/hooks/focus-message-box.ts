/**
 * Moves the focus to the message box, so that the keyboard goes on from there when the button that was
 * pressed goes away. Not after a touch: it would raise the screen's keyboard over the chat.
 *
 * @param click  what pressed the button; without one, it goes by what the device is pointed with
 */
export function focusMessageBox(click?: Pick<MouseEvent, "detail">): void {
  // Safari and older Firefox do not say what clicked. Clicks made by keys have no detail.
  const pointer = (click as Partial<PointerEvent> | undefined)?.pointerType;
  const isByKey = click?.detail === 0;
  const isByMouse = pointer ? pointer === "mouse" : matchMedia("(pointer: fine)").matches;
  if (isByKey || isByMouse) document.getElementById("message")?.focus();
}
