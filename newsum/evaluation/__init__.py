"""Scores briefs: ROUGE, what ROUGE misses, intervals, and whether one system is better than another.

    scores = evaluate(predictions, references)
    scores["rouge1"].mid                # mean F1 over stories, 0..1; .low and .high bound it
    scores.table                        # one row a story
    scores.compare(evaluate(others, references))["rouge1"].p

rouge.py computes ROUGE, quality.py the other measures, statistics.py intervals and significance, inputs.py reads the
forms that predictions and references come in; plots.py draws scores, baselines.py has the simple systems, datasets.py
the data sets of the hub. Only the lines of a `Summary` are scored, not tags or title.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, get_args

from newsum.articles import Article, Story
from newsum.errors import SettingsError
from newsum.evaluation.inputs import Prediction, Reference, pair, predictions_in, references_in
from newsum.evaluation.quality import Gold, measure_summary, measure_text
from newsum.evaluation.rouge import line_count, rouge_many, word_count
from newsum.evaluation.scores import Comparisons, Scores
from newsum.evaluation.statistics import Comparison, Interval, Weighted
from newsum.system.choices import Empty, Multiple

__all__ = ["Comparison", "Comparisons", "Interval", "Scores", "evaluate"]

_ON_DEMAND = ("baselines", "datasets", "plots")  # modules that need more than scoring does

CONFIDENCE = 0.95
SAMPLES = 2_000  # the ends of an interval of ROUGE over 147 stories then move by 0.05 points from seed to seed
SEED = 1
_MOST_COUNT = 1_000_000
_MOST_PROCESSES = 1_000
_MOST_COMPARED = 12_000_000  # words by words: three seconds, 350 MB
_MOST_LINES = 2_500_000  # sentences by sentences, which cost ten times as much: five seconds


def evaluate(
    predictions: Any,
    references: Any,
    *,
    stories: Iterable[Story | Sequence[Article]] | None = None,
    credits: Iterable[Gold] | None = None,
    words: int | None = None,
    multiple: Multiple = "max",
    empty: Empty = "raise",
    prediction_column: str | None = None,
    reference_column: str | None = None,
    seed: int = SEED,
    samples: int = SAMPLES,
    processes: int = 1,
) -> Scores:
    """Score briefs against references, story by story.

    Args:
        predictions: strings or `Summary` objects; or a `datasets` or pandas table, or the path of a JSONL, JSON, CSV,
            Parquet or text file, or of a folder with one brief a file.
        references: the same forms; a list of strings where a story has several references.
        stories: the articles of each story, for the share of new n-grams.
        credits: for each story the outlets (or article ids) that each line should credit.
        words: the length asked for; newsum's own summaries say it themselves.
        multiple: what several references count as: "max", the best of them, or "mean".
        empty: an empty prediction is an error ("raise") or scores 0 ("zero").
        prediction_column: the column of a table, where it is not called "prediction", "summary" or the like.
        processes: how many to spread ROUGE over; the digits stay the same.

    Returns:
        A mapping from a score's name to its `Interval`; its `table` has the stories one by one.

    Raises:
        ReadingError: a file cannot be read, or has no such column.
        SettingsError: lengths differ, a prediction or reference is empty or of the wrong type, or an option is.

    >>> evaluate(["A treaty was signed."], [["They signed a treaty.", "A treaty was signed."]])["rouge1"].mid
    1.0
    """
    _require("multiple", multiple, get_args(Multiple))
    _require("empty", empty, get_args(Empty))
    _require_counts(_MOST_COUNT, samples=samples, words=1 if words is None else words)
    _require_counts(_MOST_PROCESSES, processes=processes)
    _require_seed(seed)
    _require_columns(prediction_column=prediction_column, reference_column=reference_column)
    pairs = pair(predictions_in(predictions, prediction_column), references_in(references, reference_column))
    names = [prediction.id or reference.id or str(n) for n, (prediction, reference) in enumerate(pairs, start=1)]
    if empty == "raise":
        _require_words([prediction for prediction, _ in pairs], names)
    _require_size(pairs, names)
    texts = _per_story(stories, len(pairs), "stories", _texts)
    golds = _per_story(credits, len(pairs), "credits", lambda gold: gold)
    rouge = rouge_many([(prediction.text, reference.texts) for prediction, reference in pairs], multiple, processes)
    measured = tuple(
        _measured(prediction, scores, words, articles or (), gold, f"story {name}")
        for (prediction, _), scores, articles, gold, name in zip(pairs, rouge, texts, golds, names, strict=True)
    )
    return Scores(tuple(names), _settings(multiple, seed, samples), measured)


def __getattr__(name: str) -> Any:
    if name not in _ON_DEMAND:
        raise AttributeError(f"module 'newsum.evaluation' has no attribute {name!r}")
    return import_module(f"newsum.evaluation.{name}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_ON_DEMAND})


def _measured(
    prediction: Prediction,
    rouge: dict[str, float],
    words: int | None,
    articles: Sequence[str],
    gold: Gold | None,
    where: str,
) -> dict[str, Weighted]:
    found: dict[str, Weighted] = {name: (value, 1) for name, value in rouge.items()}
    found |= measure_text(prediction.text, words or _asked_for(prediction), articles)
    if prediction.summary is not None:
        found |= measure_summary(prediction.summary, gold, where)
    elif gold is not None:
        raise SettingsError(f"the credits of {where} need a Summary, not text; make one with newsum.attribute")
    return found


def _asked_for(prediction: Prediction) -> int | None:
    """The length that newsum itself was asked for, as the summary's provenance says."""
    settings = prediction.summary.provenance.get("settings") if prediction.summary is not None else None
    return settings.get("words") if isinstance(settings, Mapping) else None


def _texts(story: Story | Sequence[Article]) -> tuple[str, ...]:
    return tuple(article.text for article in (story.articles if isinstance(story, Story) else story))


def _per_story(given: Iterable[Any] | None, stories: int, name: str, read: Any) -> list[Any]:
    if given is None:
        return [None] * stories
    if isinstance(given, str | bytes | Mapping) or not isinstance(given, Iterable):
        raise SettingsError(f"{name} must be a list with an entry a story, not {type(given).__name__}")
    try:
        found = [read(item) for item in given]
    except (AttributeError, TypeError) as error:
        raise SettingsError(f"{name} has an entry of the wrong type: {error}") from error
    if len(found) != stories:
        raise SettingsError(f"{name} has {len(found)} entries for {stories} predictions")
    return found


def _settings(multiple: str, seed: int, samples: int) -> dict[str, Any]:
    from importlib.metadata import version

    scorer = f"rouge-score {version('rouge-score')}, Porter stems"
    return {"multiple": multiple, "seed": seed, "samples": samples, "confidence": CONFIDENCE, "scorer": scorer}


def _require(name: str, value: Any, allowed: Sequence[str]) -> None:
    if not isinstance(value, str) or value not in allowed:
        raise SettingsError(f"{name} must be {' or '.join(map(repr, allowed))}, not {value!r}")


def _require_counts(most: int, **values: Any) -> None:
    for name, value in values.items():
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            bound = f"at most {most:,}" if isinstance(value, int) and value > most else "at least 1"
            raise SettingsError(f"{name} must be a whole number of {bound}, not {value!r:.80}")


def _require_seed(seed: Any) -> None:
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        raise SettingsError(f"seed must be a whole number of at least 0, not {seed!r:.80}")


def _require_columns(**values: Any) -> None:
    for name, value in values.items():
        if not (value is None or isinstance(value, str)):
            raise SettingsError(f"{name} must be a column's name, not {value!r:.80}")


def _require_size(pairs: Sequence[tuple[Prediction, Reference]], names: Sequence[str]) -> None:
    """ROUGE-L compares each word of a prediction with each of its references, ROUGE-Lsum each sentence."""
    for (prediction, reference), name in zip(pairs, names, strict=True):
        for what, count, most in (("words", word_count, _MOST_COMPARED), ("sentences", line_count, _MOST_LINES)):
            theirs = sum(map(count, reference.texts))
            if theirs and (ours := count(prediction.text)) * theirs > most:
                raise SettingsError(
                    f"story {name} has a prediction of {ours:,} {what} and references of {theirs:,}, too many for "
                    "ROUGE: score shorter texts"
                )


def _require_words(predictions: Sequence[Prediction], names: Sequence[str]) -> None:
    for number, (prediction, name) in enumerate(zip(predictions, names, strict=True), start=1):
        if not prediction.text.strip():
            which = f"prediction {number}" + (f" (story {name})" if name != str(number) else "")
            raise SettingsError(f'{which} is empty; with empty="zero" it scores 0')
