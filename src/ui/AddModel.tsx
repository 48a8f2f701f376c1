import { FileUp, Link } from "lucide-react";
import { useRef, useState, type FormEvent } from "react";
import { addModel, addModelFiles, demoSource, useModels } from "../stores/models";
import { readModelUrl } from "../stores/model-url";
import { Button } from "./parts/Button";

/** Three ways to a model: an address, a file, and the demo where that was deleted. */
export function AddModel() {
  const hasDemo = useModels((s) => s.models.some((m) => m.origin.kind === "bundled"));
  const isBusy = useModels((s) => s.transfer.phase === "running");
  const picker = useRef<HTMLInputElement>(null);
  return (
    <section className="add-model" aria-labelledby="add-model">
      <h3 id="add-model">Add a model</h3>
      <p>
        A GGUF file of a Qwen3.5 model (0.8B to 27B). Nothing of it leaves this device; it is kept, so that
        the next visit needs no network.
      </p>
      <AddressForm isBusy={isBusy} />
      <div className="add-model-files">
        <input
          ref={picker}
          type="file"
          accept=".gguf,.json,.jinja"
          multiple
          hidden
          aria-label="Model file"
          onChange={({ target }) => {
            addModelFiles(target.files ?? []);
            target.value = "";
          }}
        />
        <Button disabled={isBusy} onClick={() => picker.current!.click()}>
          <FileUp size={16} aria-hidden /> Pick a file…
        </Button>
        {!hasDemo && (
          <Button disabled={isBusy} onClick={() => void addModel(demoSource, "Demo")}>
            Add the demo model
          </Button>
        )}
        <span>or drop one anywhere on the page.</span>
      </div>
    </section>
  );
}

function AddressForm({ isBusy }: { isBusy: boolean }) {
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const box = event.currentTarget.elements.namedItem("address") as HTMLInputElement;
    const read = readModelUrl(box.value);
    setProblem(read.kind === "refused" ? read.reason : null);
    if (read.kind === "refused") return box.focus();
    box.value = "";
    void addModel({ kind: "url", url: read.url }, read.fileName);
  };
  return (
    <form className="address-form" onSubmit={submit} noValidate>
      <input
        className="text-input"
        name="address"
        type="url"
        inputMode="url"
        aria-label="Address of a model file"
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : "address-problem"}
        placeholder="https://huggingface.co/…/model-Q4_K_M.gguf"
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit" disabled={isBusy}>
        <Link size={16} aria-hidden /> Download
      </Button>
      {problem !== null && (
        <p id="address-problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
