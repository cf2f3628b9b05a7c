"""News data -> pairs of (one to three source sentences, one target sentence) to train the writer on.

Six kinds, each kept only where the sources say all that the target says (its numbers, its names,
and most of its other content by rarity), so that the model learns to write from evidence alone:

    summary    a sentence of an editor's summary <- the sentences of several articles that cover it
    parallel   a sentence of one outlet <- sentences of other outlets on the same story that cover it
    compress   a sentence shortened by hand or by deletion (Filippova and Altun 2013)
    union      a sentence <- two versions of it, each short of a different phrase
    merge      a sentence of two clauses <- each clause as a sentence (as in DiscoFuse, Geva et al. 2019)
    points     points of correspondence: a fused sentence <- its two sources (Lebanoff et al. 2020)

Every tenth story, by the hash of its id, is held out for tuning (`held_out`).
"""

import difflib
import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from newsum.evaluation.datasets import Example
from newsum.text.analysis import analyse
from newsum.text.lexicon import (
    DEMONSTRATIVES,
    FUNCTION_WORDS,
    LINKS,
    POSSESSIVES,
    SPEAKER,
    SUBJECTS,
    any_of,
    capital,
)
from newsum.text.names import Name
from newsum.text.sentences import split
from newsum.text.words import Word, content_words, weigh

__all__ = ["Pair", "held_out", "prepare", "prepare_stories", "read_pairs"]

_COVER = {"summary": 0.66, "parallel": 0.78, "points": 0.55}  # read off samples: below, targets tell more than sources
_FIRST_COVER = 0.40  # by the best single source; below, the words only happen to lie about
_GAIN = 0.12  # of the target's weight that a further source must add
_TARGET_WORDS = range(8, 36)
_SOURCE_WORDS = range(5, 60)
_LEAD = 25  # sentences of an article looked at: later ones seldom meet their like in another outlet
_TAIL = re.compile(r",? (?:according to|reports?|reported|notes?|per|says|writes) (?:the )?(?:[A-Z][\w.]*\s?){1,4}\.?$")


@dataclass(frozen=True, slots=True)
class Pair:
    """What the model reads (`source`, one to three sentences) and what it is to write (`target`)."""

    kind: str
    source: tuple[str, ...]
    target: str


def held_out(story_id: str) -> bool:
    """Whether a training story is one of the tenth kept for tuning."""
    return int(hashlib.sha256(story_id.encode()).hexdigest()[:8], 16) % 10 == 0


# --- covering a target with sources -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence with the keys that cover is measured on, found once."""

    text: str
    outlet: int
    keys: frozenset[str]
    content: tuple[Word, ...]
    figures: frozenset[float]
    names: tuple[Name, ...]

    @classmethod
    def of(cls, text: str, outlet: int) -> "_Read":
        found = analyse(text)
        keys, figures = frozenset(w.key for w in found.words), frozenset(n.value for n in found.quantities)
        return cls(text, outlet, keys, content_words(found.words), figures, found.names)


def _cover(target: _Read, sources: Iterable[_Read]) -> float:
    keys = frozenset[str]().union(*(s.keys for s in sources))
    total = weigh(target.content)
    return weigh(w for w in target.content if w.key in keys) / total if total else 0.0


def _sources_of(target: _Read, candidates: Sequence[_Read]) -> tuple[_Read, ...]:
    """The fewest candidates, at most three, that cover the target; greedily."""
    chosen: tuple[_Read, ...] = ()
    reached = 0.0
    while len(chosen) < 3:
        rest = [c for c in candidates if c not in chosen]
        best = max(rest, key=lambda c: _cover(target, (*chosen, c)), default=None)
        if best is None or (gain := _cover(target, (*chosen, best)) - reached) < _GAIN:
            break
        chosen, reached = (*chosen, best), reached + gain
    return chosen


def _is_true(target: _Read, sources: Sequence[_Read]) -> bool:
    """Whether the target's figures and names all stand in its sources."""
    keys = frozenset[str]().union(*(s.keys for s in sources))
    figures = frozenset[float]().union(*(s.figures for s in sources))
    return target.figures <= figures and all(k in keys for name in target.names for k in name.keys)


_OPENS_BADLY = re.compile(
    rf"(?:{any_of(capital(LINKS | SUBJECTS | POSSESSIVES | DEMONSTRATIVES))}|Then|Here|There|Some)\b"
)
_NOT_PLAIN = re.compile(rf"[\"“”‘()\[\]—:;]|\b{any_of(SPEAKER)}\b")


def _stands_alone(text: str) -> bool:
    """Whether a target reads as a line of a brief: no quotation, no pronoun without its noun, no "But"."""
    plain = text[0].isupper() and text.endswith(".") and not _NOT_PLAIN.search(text)
    return plain and not _OPENS_BADLY.match(text)


def _covered_pair(kind: str, target: _Read, candidates: Sequence[_Read]) -> Pair | None:
    if len(target.text.split()) not in _TARGET_WORDS or not _stands_alone(target.text):
        return None
    sources = _sources_of(target, candidates)
    if not sources or _cover(target, sources[:1]) < _FIRST_COVER:
        return None
    if _cover(target, sources) < _COVER[kind] or not _is_true(target, sources):
        return None
    return Pair(kind, tuple(s.text for s in sources), target.text)


def _sentences(text: str, outlet: int) -> list[_Read]:
    found = (re.sub(r"\s+", " ", text[start:end]) for start, end in split(text))
    return [_Read.of(s, outlet) for s in found if len(s.split()) in _SOURCE_WORDS and s[-1] in ".!?\"”'’"]


def story_pairs(story: dict[str, Any]) -> Iterator[Pair]:
    """The summary and parallel pairs of one story."""
    by_article = [_sentences(a["text"], n)[:_LEAD] for n, a in enumerate(story["articles"])]
    everything = [s for sentences in by_article for s in sentences]
    for target in _sentences(story.get("reference") or "", -1):
        if pair := _covered_pair("summary", target, everything):
            yield pair
    for target in everything:
        others = [s for s in everything if s.outlet != target.outlet]
        if any(target.keys <= o.keys for o in others):
            continue  # a copied sentence would teach nothing but copying
        if not _TAIL.search(target.text) and (pair := _covered_pair("parallel", target, others)):
            yield pair


# --- single sentences ---------------------------------------------------------------------------


def _detokenise(text: str) -> str:
    text = text.replace("``", '"').replace("''", '"')
    text = re.sub(r" (n't|'s|'re|'ve|'ll|'d|'m|'|[,.;:?!%)\]])", r"\1", text)
    return re.sub(r"([$£(\[]) ", r"\1", text).strip()


def _cuts_cleanly(source: Sequence[str], target: Sequence[str]) -> bool:
    """Whether what was left out are phrases: a dropped "when", "in" or comma alone leaves a broken sentence."""
    blocks = difflib.SequenceMatcher(None, source, target, autojunk=False).get_opcodes()
    gone = [source[i:j] for tag, i, j, _, _ in blocks if tag != "equal"]
    return len(gone) <= 4 and all(
        any(w.isalnum() and w.lower() not in FUNCTION_WORDS for w in phrase) for phrase in gone
    )


def compression_pair(source: str, target: str, rng: random.Random) -> Pair | None:
    """A compression that is still a whole, plain sentence; masked figures are filled alike on both sides."""
    if "<unk>" in source or '"' in _detokenise(target) or re.search(r"\ba [aeio]", target):
        return None
    if not _cuts_cleanly(source.split(), target.split()):
        return None
    source, target = _detokenise(source), _detokenise(target)
    kept, whole = len(target.split()), len(source.split())
    if kept < 8 or whole > 50 or kept < 0.4 * whole or not target.endswith("."):
        return None
    figures: list[str] = []

    def fill(_: re.Match[str]) -> str:
        figures.append(str(rng.choice([rng.randint(2, 99), rng.randint(2, 30), rng.randint(1990, 2025)])))
        return figures[-1]

    if "##" in source:
        if source.count("##") != target.count("##"):
            return None  # which figure was kept cannot be told
        source, refill = re.sub("##", fill, source), iter(figures)
        target = re.sub("##", lambda _: next(refill), target)
    return Pair("compress", (source,), target)


_RELATIVE = re.compile(
    r"^(?P<who>(?:[A-Z][\w'’.-]+ ){1,4}[A-Z][\w'’-]+|The [\w'’-]+(?: [\w'’-]+)?), (?:who|which) "
    r"(?P<what>(?:is|was|has|had|will|won|said|began|plans|runs|owns|leads|led|became)\b[^,]{8,90}), "
    r"(?P<rest>[^,]{15,140}[.])$"
)
_JOINED = re.compile(
    r"^(?P<first>[A-Z].{25,140}), (?P<word>but|while) "
    r"(?P<second>(?:the|a|an|his|her|its|their|he|she|it|they|some|many|most|few|officials|[A-Z]\w+) .{20,120}[.])$"
)


def merge_pairs(text: str) -> Iterator[Pair]:
    """Sentences of two clauses, each with its clauses as sentences of their own."""
    for start, end in split(text):
        sentence = re.sub(r"\s+", " ", text[start:end])
        if len(sentence.split()) not in _TARGET_WORDS or '"' in sentence or "“" in sentence:
            continue
        if found := _RELATIVE.match(sentence):
            parts = (f"{found['who']} {found['rest']}", f"{found['who']} {found['what']}.")
        elif found := _JOINED.match(sentence):
            second = found["second"]
            parts = (f"{found['first']}.", second[0].upper() + second[1:])
        else:
            continue
        yield Pair("merge", parts, sentence)


_PHRASE = re.compile(
    r",[^,.;:]{8,80}(?=[,.])|"
    r" (?:in|on|at|after|with|from|by|during|over|under|amid|before|since|through|against|following|into) "
    r"[^,.;:]{4,50}?"
    r"(?=,| (?:in|on|at|after|with|from|by|during|over|under|amid|before|since|through|against|that|who|and|to)\b|\.$)"
)


def union_pairs(text: str, rng: random.Random) -> Iterator[Pair]:
    """One pair from each fifth plain sentence that has two phrases which can go: outlets' versions, imitated."""
    for start, end in split(text):
        sentence = re.sub(r"\s+", " ", text[start:end])
        if len(sentence.split()) not in _TARGET_WORDS or not _stands_alone(sentence) or rng.random() > 0.2:
            continue
        phrases = [m.span() for m in _PHRASE.finditer(sentence)]
        if len(phrases) >= 2:
            versions = (sentence[:i] + sentence[j:] for i, j in rng.sample(phrases, 2))
            yield Pair("union", tuple(versions), sentence)


# --- everything -----------------------------------------------------------------------------------


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _points(record: dict[str, Any]) -> Pair | None:
    target = _Read.of(_detokenise(" ".join(record["fused"])), -1)
    sources = [_Read.of(_detokenise(s), n) for n, s in enumerate(record["sources"])]
    return _covered_pair("points", target, sources)


def _compressions(data: Path, rng: random.Random) -> Iterator[Pair]:
    for record in _records(data / "training/sentcomp_cased.jsonl.gz"):
        if pair := compression_pair(record["source"], record["compression"], rng):
            yield pair
    yield from _deletions(data / "training/sentcomp_train.jsonl.gz", rng)


def _deletions(path: Path, rng: random.Random) -> Iterator[Pair]:
    for record in _records(path):
        kept = (w for w, k in zip(record["source"].split(), record["keep"], strict=False) if k == "1")
        if pair := compression_pair(record["source"], " ".join(kept), rng):
            yield pair


def _stories(data: Path, *, held: bool) -> Iterator[dict[str, Any]]:
    for name in ("allsides_train", "allsides_excerpts_train", "roundups_2021_train"):
        yield from (s for s in _records(data / f"stories/{name}.jsonl.gz") if held_out(s["story_id"]) == held)


def prepare(data: Path, *, seed: int = 0, multi_news: int = 0) -> Iterator[Pair]:
    """Every pair to train on that the data folder yields.

    Args:
        multi_news: how many clusters of Multi-News to take too, whose terms are non-commercial research.
    """
    rng = random.Random(seed)
    parts = (data / f"training/multi_news_train_{n}.jsonl.gz" for n in (1, 2, 3))
    for story in chain(_stories(data, held=False), islice(chain.from_iterable(map(_records, parts)), multi_news)):
        yield from story_pairs(story)
    singles: Iterable[Pair | None] = map(_points, _records(data / "alignment/poc_fusion.jsonl.gz"))
    yield from (pair for pair in singles if pair)
    yield from _compressions(data, rng)
    for name in ("news_articles", "bbc_news_summary"):
        for record in _records(data / f"text/{name}.jsonl.gz"):
            for article in record.get("articles", [record]):
                yield from merge_pairs(article["text"])
                yield from union_pairs(article["text"], rng)


def prepare_held(data: Path, *, seed: int = 0) -> Iterator[Pair]:
    """The pairs to evaluate on: of the held-out stories and of the compressions kept for it."""
    for story in _stories(data, held=True):
        yield from story_pairs(story)
    yield from _deletions(data / "training/sentcomp_val.jsonl.gz", random.Random(seed))


def prepare_stories(examples: Iterable[Example], *, held: bool = False) -> Iterator[Pair]:
    """The summary and parallel pairs of anybody's stories with summaries; of the held-out tenth, or of the others."""
    for example in examples:
        if held_out(example.story.id or example.references[0]) == held:
            articles = [{"text": article.text} for article in example.story.articles]
            for reference in example.references:
                yield from story_pairs({"articles": articles, "reference": reference})


def write_pairs(pairs: Iterable[Pair], path: Path) -> dict[str, int]:
    """Write JSONL; return how many of each kind."""
    counts: dict[str, int] = {}
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for pair in pairs:
            counts[pair.kind] = counts.get(pair.kind, 0) + 1
            out.write(json.dumps(asdict(pair), ensure_ascii=False) + "\n")
    return counts


def read_pairs(path: Path) -> list[Pair]:
    return [Pair(r["kind"], tuple(r["source"]), r["target"]) for r in _records(path)]
