import { PresetButton } from "./PresetButton";
import { ThinkingToggle } from "./ThinkingToggle";

/** The switches of how the chat's answers are written, beside the message box. */
export function ChatControls() {
  return (
    <>
      <ThinkingToggle />
      <PresetButton />
    </>
  );
}
