"""The judge: says whether one text entails, leaves open or contradicts a sentence.

In: pairs of (premise, hypothesis). Out: `Entailment`s. Read entailing.py for what is asked and answered, language.py
for how the judge that comes with newsum answers. Importing this loads neither torch nor CTranslate2; the first question
loads the latter.
"""

import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from newsum.errors import ReadingWarning, SettingsError
from newsum.judging.entailing import Entailment, Judge, Pair, described, told
from newsum.system.lazily import offered
from newsum.system.paths import expanded, is_file, is_there

if TYPE_CHECKING:
    from newsum.judging.checkpoint import CheckpointJudge
    from newsum.judging.language import LanguageJudge

__all__ = [
    "NAME",
    "CheckpointJudge",
    "Entailment",
    "Judge",
    "LanguageJudge",
    "Pair",
    "described",
    "entailment",
    "load_judge",
    "revision_of",
    "told",
]

NAME = "bundled"  # of the judge that comes with newsum

# With the models underneath they take 15 ms to load: only where a judge is asked
_HOME_OF = {"CheckpointJudge": "checkpoint", "LanguageJudge": "language"}
__getattr__, __dir__ = offered(__name__, _HOME_OF)


def entailment(pairs: Sequence[Pair], model: str | Path | Judge = NAME) -> list[Entailment]:
    """Whether each premise entails, leaves open or contradicts its hypothesis.

    Args:
        pairs: (premise, hypothesis). A premise is one to six sentences of an article, headed by its outlet where that
            matters (`newsum.judging.told`); a hypothesis is one sentence. English is what is measured.
        model: "bundled", the folder of another judge or of a checkpoint trained on MNLI, or anything with `Judge`'s
            method.

    Returns:
        As many as there are pairs, in their order. `entailed`, `neutral` and `contradicted` are probabilities that sum
        to 1. The bundled judge's answer to a pair does not depend on the others. A premise longer than the window loses
        whole sentences, those with least in common with the hypothesis: `left_out` counts them, and a warning says so.

    Raises:
        SettingsError: a text is empty, a pair is no pair, or a hypothesis is too long.
        CheckpointError: the folder is no judge's, or not whole.

    >>> class Copies:
    ...     def entailment(self, pairs):
    ...         return [Entailment(1.0, 0.0, 0.0) if b in a else Entailment(0.0, 1.0, 0.0) for a, b in pairs]
    >>> pairs = [("It rained. Fog came.", "Fog came."), ("It rained.", "It snowed.")]
    >>> [found.label for found in entailment(pairs, Copies())]
    ['entailed', 'neutral']
    """
    if isinstance(pairs, str) or any(isinstance(pair, str) or len(pair) != 2 for pair in pairs):
        raise SettingsError("pairs is a list of (premise, hypothesis), each two strings")
    found = list(load_judge(model).entailment([(premise, hypothesis) for premise, hypothesis in pairs]))
    if len(found) != len(pairs):
        raise SettingsError(f"the judge gave {len(found)} answers to {len(pairs)} pairs")
    if cut := sum(answer.left_out > 0 for answer in found):
        message = f"{cut} of {len(found)} premises are longer than the judge's window; sentences were left out"
        warnings.warn(message, ReadingWarning, stacklevel=2)
    return found


def load_judge(model: str | Path | Judge) -> Judge:
    """The bundled judge, that of a folder, or the one given."""
    if isinstance(model, str | Path):
        return _loaded(_folder(model))
    if not callable(getattr(model, "entailment", None)):
        raise SettingsError(f'a judge is "{NAME}", a folder or an object with `entailment(pairs)`; this is {model!r}')
    return model


def revision_of(model: str | Path | Judge) -> str:
    """What changes with a judge; no judge is loaded.

    Raises:
        CheckpointError: its folder is not there or not whole.
    """
    if not isinstance(model, str | Path):
        return f"{described(model)['name']} {described(model)['revision'] or ''}"
    from newsum.generation.checkpoints import locate
    from newsum.judging.folders import read_folder

    folder = _folder(model)
    return locate(folder).revision if _is_checkpoint(folder) else read_folder(folder).revision


def _folder(model: str | Path) -> Path:
    from newsum.judging.folders import BUNDLED

    return BUNDLED if model == NAME else expanded(model)


def _is_checkpoint(folder: Path) -> bool:
    return is_file(folder / "config.json") and not is_there(folder / "judge.json")


@cache
def _loaded(folder: Path) -> Judge:  # 0.3 s and 150 MB, once a process
    from newsum.judging.checkpoint import CheckpointJudge
    from newsum.judging.language import LanguageJudge

    return CheckpointJudge(folder) if _is_checkpoint(folder) else LanguageJudge(folder)
