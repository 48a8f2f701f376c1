import { Check, Copy, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./IconButton";
import { t } from "../../../../language/language";

interface Props {
  label: string;
  text: string;
}

export function CopyButton({ label, text }: Props) {
  const [outcome, setOutcome] = useState<"none" | "copied" | "refused">("none");

  useEffect(() => {
    if (outcome === "none") return;
    const timer = setTimeout(() => setOutcome("none"), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome("copied"),
      () => setOutcome("refused"),
    );
  };
  const shown = { none: label, copied: t("Copied"), refused: t("The browser did not allow copying") }[
    outcome
  ];
  return (
    <IconButton
      label={shown}
      icon={{ none: Copy, copied: Check, refused: TriangleAlert }[outcome]}
      onClick={copy}
    />
  );
}
