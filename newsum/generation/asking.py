"""Says what the bundled writer is asked: the reports as it reads them, in its chat form.

In: reports by outlet. Out: token ids after which the writer's lines stand, one sentence each, each ended by a new line.
The same words are used in training (newsum.tuning.writer).
"""

from collections.abc import Iterable
from typing import Any

__all__ = ["LINE_END", "asked"]

LINE_END = "\n"
_INSTRUCTION = "Write a neutral news brief of these reports."
_USER, _ASSISTANT = "user\n", "assistant\n"


def asked(reports: Iterable[tuple[str, str]], tokenizer: Any) -> list[int]:
    """The prompt's token ids; text that spells a special token is text.

    Args:
        reports: (outlet, text), the text on one line.
        tokenizer: of `tokenizers`, with `encode_special_tokens` set.
    """
    begin, end = tokenizer.token_to_id("<|im_start|>"), tokenizer.token_to_id("<|im_end|>")
    told = "".join(f"\n\n{outlet}: {text}" if outlet else f"\n\n{text}" for outlet, text in reports)

    def ids(text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False).ids)

    return [begin, *ids(f"{_USER}{_INSTRUCTION}{told}"), end, *ids("\n"), begin, *ids(_ASSISTANT)]
