"""Records the ids that Python makes of conversations: jinja2 with transformers' settings, then tokenizers.

    python3 record.py < inputs.json > hashes.json

Needs jinja2 3.1 and tokenizers. conversations.test.ts writes the inputs and reads the hashes.
"""

import hashlib
import json
import sys

from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers

# pretokenize_regex of Qwen3.5's tokenizer_config.json
SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}"
    r"| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def make_tokenizer(tokens, merges, added):
    plain = {text: i for i, text in enumerate(tokens)}
    for token in added:
        plain[token["content"]] = token["id"]
    tokenizer = Tokenizer(models.BPE(vocab=plain, merges=[tuple(m.split(" ")) for m in merges]))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.add_tokens(
        [AddedToken(t["content"], special=t["special"], normalized=False) for t in added]
    )
    return tokenizer


def make_environment():
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols]
    )

    def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
        return json.dumps(
            x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
        )

    def raise_exception(message):
        raise ValueError(message)

    environment.filters["tojson"] = tojson
    environment.globals["raise_exception"] = raise_exception
    return environment


inputs = json.load(sys.stdin)
tokenizer = make_tokenizer(inputs["tokens"], inputs["merges"], inputs["added"])
hashes = {}
for name, template in inputs["templates"].items():
    compiled = make_environment().from_string(template)
    hashes[name] = []
    for variables in inputs["conversations"][name]:
        text = compiled.render(tools=None, documents=None, add_generation_prompt=True, **variables)
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        digest = hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest()
        hashes[name].append(digest[:12])
print(json.dumps(hashes, indent=1))
