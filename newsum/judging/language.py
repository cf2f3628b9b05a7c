"""Judges pairs by a language model read at a claim's last token: CTranslate2, tokenizers and numpy, no torch.

In: a judge's folder (folders.py), an adapter of the language model that comes with newsum. Out: `LanguageJudge`.
The model reads "Report: premise", then "Claim: hypothesis"; three tokens that the adapter adds to the vocabulary stand
for the classes, and softmax over their logits gives the three numbers. A premise is read once for all its hypotheses.
Three more stand for what an editor makes of the claim as a line after the report (marking.py).
"""

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newsum.errors import SettingsError
from newsum.generation.adapted import unpacked
from newsum.generation.base import BASE, Base
from newsum.generation.checkpoints import damage_named
from newsum.judging.entailing import Entailment, Pair
from newsum.judging.fitting import fitted
from newsum.judging.folders import BUNDLED, LABELS, read_folder
from newsum.judging.marking import Heads, Marks
from newsum.system.threads import allowed_threads, others_kept

__all__ = ["HYPOTHESIS", "PREMISE", "LanguageJudge"]

PREMISE, HYPOTHESIS = "Report: {}", "\nClaim: {}\n"
_SEVERAL = 2  # hypotheses of a premise from which its states are worth keeping
_REMEMBERED = 16  # premises whose states CTranslate2 keeps, some 8 MB each, before it is made to forget them

Tokens = tuple[str, ...]


class LanguageJudge:
    """A judge of pairs; loaded once, safe to keep.

    A pair's answer is the same to the last bit alone, among others and in any order: each is a call of its own, and
    what the model makes of a premise does not depend on the hypothesis that follows.

    Args:
        folder: as `recipes.judge export` makes it.
        base: the language model that its adapter belongs to.
        threads: cores to use; None takes OMP_NUM_THREADS where it is set, else all that the process may use.
        heads: what marks lines, in the place of the folder's own (recipes.marking reads states so).

    Raises:
        CheckpointError: a folder is no judge's, or not whole.
    """

    def __init__(
        self,
        folder: str | Path = BUNDLED,
        *,
        base: Path = BASE,
        threads: int | None = None,
        heads: Heads | None = None,
    ) -> None:
        from tokenizers import Tokenizer

        self._folder = read_folder(Path(folder), heads=heads)
        self._threads = threads or allowed_threads()
        self._remembered: set[Tokens] = set()
        with damage_named(str(folder)):
            self._tokenizer: Any = Tokenizer.from_file(str(base / "tokenizer.json"))
            self._tokenizer.encode_special_tokens = True  # "<|im_end|>" in an article is text like any other
            self._kept = unpacked(self._folder.adapter, Base(base, layers=self._folder.adapter.layers))
            self._generator = self._loaded()

    def _loaded(self) -> Any:
        import ctranslate2

        folder = str(self._kept.folder)
        with others_kept():
            return ctranslate2.Generator(folder, device="cpu", compute_type="int8", intra_threads=self._threads)

    @property
    def name(self) -> str:
        return "bundled" if self._folder.path == BUNDLED else self._folder.path.name

    @property
    def revision(self) -> str:
        """What a summary's provenance calls this judge: a hash over its files."""
        return self._folder.revision

    def entailment(self, pairs: Sequence[Pair]) -> list[Entailment]:
        """One answer a pair, in order.

        Raises:
            SettingsError: a text is empty, or a hypothesis takes more than half of the window.
        """
        prepared = [self._prepared(n, premise, hypothesis) for n, (premise, hypothesis) in enumerate(pairs)]
        different = {(premise, hypothesis) for premise, hypothesis, _ in prepared}
        uses = Counter(premise for premise, _ in different)
        with others_kept():
            found = {pair: self._three(*pair, again=uses[pair[0]] > _SEVERAL) for pair in sorted(different)}
        return [Entailment(*found[premise, hypothesis], left_out=cut) for premise, hypothesis, cut in prepared]

    @property
    def reads_lines(self) -> bool:
        """Whether it can mark lines: the bundled one can, one that was tuned anew has no heads for that."""
        return self._folder.heads is not None

    def marks(self, told: str, lines: Sequence[str]) -> list[Marks]:
        """What an editor makes of each line after what is told (`newsum.judging.marking`), in order.

        What is told is cut at its beginning, and a line at its end, where they do not fit the window.

        Raises:
            SettingsError: it reads no lines.
        """
        return [Marks(*own) for own in self.read(told, lines)]

    def read(self, told: str, lines: Sequence[str]) -> list[list[float]]:
        """(lines, heads): what the heads make of each line; `marks` where they are the usual ones."""
        heads = self._folder.heads
        if heads is None:
            raise SettingsError(f"the judge of {self._folder.path} reads no lines: it has no marks.json")
        room = self._folder.window // 2
        lines = [" ".join(line.split()) for line in lines]
        different = dict.fromkeys(lines)  # a story's copies have the same
        asked = {line: self._tokens(HYPOTHESIS.format(line))[:room] for line in different}
        longest = max(map(len, asked.values()), default=0)
        before = self._tokens(PREMISE.format(" ".join(told.split())))[-(self._folder.window - longest) :]
        again = len(asked) > _SEVERAL
        with others_kept():
            found = {line: self._extra(before, own, again=again)[len(LABELS) :] for line, own in asked.items()}
        return [[a + b for a, b in zip(found[line], heads.constants, strict=True)] for line in lines]

    def _prepared(self, n: int, premise: str, hypothesis: str) -> tuple[Tokens, Tokens, int]:
        for name, text in (("premise", premise), ("hypothesis", hypothesis)):
            if not isinstance(text, str) or not text.strip():
                raise SettingsError(f"the {name} of pair {n} is empty; a judge needs text on both sides")
        premise, hypothesis = " ".join(premise.split()), " ".join(hypothesis.split())  # a new line is the prompt's own
        asked = self._tokens(HYPOTHESIS.format(hypothesis))
        if len(asked) > self._folder.window // 2:
            raise SettingsError(
                f"the hypothesis of pair {n} has {len(asked)} tokens; this judge takes {self._folder.window // 2}: "
                "ask about its sentences one by one"
            )
        room = self._folder.window - len(asked)
        told, left_out = self._tokens(PREMISE.format(premise)), 0
        if len(told) > room:
            own = room - len(self._tokens(PREMISE.format("")))
            premise, left_out = fitted(premise, hypothesis, lambda text: len(self._tokens(text)), own)
            told = self._tokens(PREMISE.format(premise))[:room]
        return told, asked, left_out

    def _tokens(self, text: str) -> Tokens:
        return tuple(self._tokenizer.encode(text, add_special_tokens=False).tokens)

    def _three(self, premise: Tokens, hypothesis: Tokens, *, again: bool) -> tuple[float, float, float]:
        """The three numbers; `again` says that the premise has further hypotheses: its state is worth keeping."""
        entailed, neutral, contradicted = self._extra(premise, hypothesis, again=again)[: len(LABELS)]
        top = max(entailed, neutral, contradicted)
        shares = [math.exp(value - top) for value in (entailed, neutral, contradicted)]
        first, second, third = (share / sum(shares) for share in shares)
        return first, second, third

    def _extra(self, premise: Tokens, hypothesis: Tokens, *, again: bool) -> list[float]:
        """The logits of the tokens that the adapter adds; kept states give the same bits."""
        import numpy as np

        if again:
            self._forget(premise)

        [answer] = self._generator.generate_batch(
            [list(hypothesis) if again else [*premise, *hypothesis]],
            static_prompt=list(premise) if again else None,
            max_length=1,
            include_prompt_in_result=False,
            return_logits_vocab=True,
        )
        return [float(value) for value in np.asarray(answer.logits[0][0])[-len(self._folder.adapter.extra) :]]

    def _forget(self, premise: Tokens) -> None:
        """CTranslate2 keeps the states of static prompts as long as it lives: 0.2 s to load it again."""
        if premise not in self._remembered and len(self._remembered) >= _REMEMBERED:
            self._generator = self._loaded()
            self._remembered.clear()
        self._remembered.add(premise)
