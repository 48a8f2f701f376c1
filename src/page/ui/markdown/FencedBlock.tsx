import { CodeBlock } from "./code/CodeBlock";
import { DiagramBlock } from "./diagram/DiagramBlock";

interface Props {
  language: string;
  code: string;
  /** Its closing fence has not come yet. */
  isOpen: boolean;
}

/** Code between fences: a diagram where its language draws one. */
export function FencedBlock({ language, code, isOpen }: Props) {
  return /^mermaid$/i.test(language) ? (
    <DiagramBlock code={code} isOpen={isOpen} />
  ) : (
    <CodeBlock language={language} code={code} />
  );
}
