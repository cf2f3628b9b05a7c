"""The writer that comes with newsum: it writes a brief line by line, several candidates for each line.

In: reports by outlet, the lines that stand already. Out: `Candidate`s for the next line, one sentence each. It is an
adapter of the language model that comes with newsum (base.py), run by CTranslate2 in 8 bits; no torch, no
transformers. What may be printed of its candidates is for newsum.writing to say.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from newsum.generation.asking import LINE_END, asked
from newsum.generation.writer import Candidate, distinct
from newsum.system.choices import BUNDLED_WRITER
from newsum.system.paths import is_file
from newsum.system.threads import allowed_threads, others_kept

if TYPE_CHECKING:
    from newsum.generation.adapted import Described

__all__ = ["BUNDLED", "NAME", "LineWriter", "Report", "WritesLines", "is_line_writer", "read_line_writer"]

NAME = BUNDLED_WRITER
MODELS = Path(__file__).parent.parent / "models"
BUNDLED = MODELS / "writer"
_SETTINGS = "writer.json"

_TEMPERATURE, _TOP_K = 0.6, 20
_LONGEST = 64  # tokens of a line, some 45 words
_SHORTEST = 8
_SEEDS = 2**32 - 1

Report = tuple[str, str]  # outlet, text


class WritesLines(Protocol):
    """What newsum.writing asks of a line writer."""

    def lines(
        self, reports: Sequence[Report], told: Sequence[str], *, candidates: int, seed: int = 0
    ) -> Sequence[Candidate]: ...


def is_line_writer(folder: Path) -> bool:
    """Whether a folder holds a writer that `python -m newsum.tuning writer` made."""
    return is_file(folder / _SETTINGS)


def read_line_writer(folder: str | Path = BUNDLED) -> "Described":
    """What a line writer's folder holds, no weight loaded.

    Raises:
        CheckpointError: it is no writer's, or not whole.
    """
    from newsum.generation.adapted import read_described

    missing = f"{folder} is no writer's folder: it has no {_SETTINGS} (make one with python -m newsum.tuning writer)"
    return read_described(Path(folder), _SETTINGS, missing=missing)


class LineWriter:
    """A writer of lines; loaded once, safe to keep.

    What it writes depends on the reports, the lines told and the seed, on nothing else.

    Args:
        folder: as `python -m newsum.tuning writer` makes it.
        base: the language model that its adapter belongs to.
        threads: cores to use; None takes OMP_NUM_THREADS where it is set, else all that the process may use.

    Raises:
        CheckpointError: a folder is no writer's, or not whole.
    """

    engine = "ctranslate2 int8"

    def __init__(
        self, folder: str | Path = BUNDLED, *, base: Path = MODELS / "smollm2", threads: int | None = None
    ) -> None:
        from tokenizers import Tokenizer

        from newsum.generation.adapted import unpacked
        from newsum.generation.base import Base
        from newsum.generation.checkpoints import damage_named

        self._folder = read_line_writer(folder)
        self._threads = threads or allowed_threads()
        with damage_named(str(folder)):
            self._tokenizer: Any = Tokenizer.from_file(str(base / "tokenizer.json"))
            self._tokenizer.encode_special_tokens = True  # "<|im_end|>" in an article is text like any other
            self._kept = unpacked(self._folder.adapter, Base(base, layers=self._folder.adapter.layers))
        (line_end,) = self._tokenizer.encode(LINE_END, add_special_tokens=False).ids
        self._ends: list[Any] = [self._tokenizer.token_to_id("<|im_end|>"), line_end]

    @property
    def name(self) -> str:
        return NAME if self._folder.path == BUNDLED else self._folder.path.name

    @property
    def revision(self) -> str:
        """What a summary's provenance calls this writer: a hash over its files."""
        return self._folder.revision

    def lines(
        self, reports: Sequence[Report], told: Sequence[str], *, candidates: int, seed: int = 0
    ) -> tuple[Candidate, ...]:
        """Candidates for the line that follows those told, the likeliest first; none where the reports fill the window.

        Args:
            reports: (outlet, text); reports at the end, and then lines at the beginning, are left out where there is
                no room for all.
            candidates: how many to write; equal ones come back once.
        """
        prompt = self._prompt(reports, told)
        if prompt is None:
            return ()
        generator = self._seeded(self._seed_for(prompt, seed))
        with others_kept():
            [answer] = generator.generate_batch(
                [[self._tokenizer.id_to_token(number) for number in prompt]],
                max_length=_LONGEST,
                min_length=_SHORTEST,
                num_hypotheses=candidates,
                sampling_topk=_TOP_K,
                sampling_temperature=_TEMPERATURE,
                no_repeat_ngram_size=4,
                end_token=self._ends,
                return_end_token=True,
                return_scores=True,
                include_prompt_in_result=False,
            )
        found = [self._candidate(ids, score) for ids, score in zip(answer.sequences_ids, answer.scores, strict=True)]
        whole = [candidate for candidate in found if candidate is not None]
        return tuple(sorted(distinct(whole), key=lambda one: -(one.score or 0.0))) if whole else ()

    def _candidate(self, ids: Sequence[int], score: float) -> Candidate | None:
        """What was written; None where it has no end."""
        if not ids or ids[-1] not in self._ends:
            return None
        return Candidate(self._tokenizer.decode(list(ids[:-1])).strip(), tuple(ids), float(score))

    def _prompt(self, reports: Sequence[Report], told: Sequence[str]) -> list[int] | None:
        room = self._folder.window - _LONGEST
        for kept in range(len(reports), 0, -1):
            head = asked(reports[:kept], self._tokenizer)
            for first in range(len(told) + 1):
                text = "".join(f"{line}{LINE_END}" for line in told[first:])
                ids = [*head, *(self._tokenizer.encode(text, add_special_tokens=False).ids if text else ())]
                if len(ids) <= room:
                    return ids
        return None

    def _seed_for(self, prompt: Sequence[int], seed: int) -> int:
        """A seed of a prompt's own, so that what it is asked beside has no part in its samples."""
        return int.from_bytes(hashlib.sha256(repr((seed, tuple(prompt))).encode()).digest()[:4], "big") % _SEEDS

    def _seeded(self, seed: int) -> Any:
        """A generator that takes that seed when it first samples: CTranslate2 seeds each worker once."""
        import ctranslate2

        ctranslate2.set_random_seed(seed)
        with others_kept():
            return ctranslate2.Generator(str(self._kept.folder), compute_type="int8", intra_threads=self._threads)
