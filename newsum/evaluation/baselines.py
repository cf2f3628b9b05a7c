"""Makes briefs of a story's own sentences by the simple systems that a summariser should beat.

A system is any callable from a `Story` and `words=` to a `Summary`; those here choose whole sentences, so `brief_of`
can give each line its receipt. All keep to one budget rule: sentences are taken in the system's order as long as each
brings the brief nearer to `words` (so a brief may be a little over or under), and the same sentence only once.

    lead, lead_in_turn    the beginning of the first article; of every article, a sentence from each in turn
    centroid              TF-IDF centroid (Radev et al., 2004) with maximal marginal relevance (Carbonell and Goldstein,
                          1998)
    lexrank, textrank     sumy's (Erkan and Radev, 2004; Mihalcea and Tarau, 2004), on newsum's sentences
    Oracle                the sentences that raise ROUGE-1 + ROUGE-2 most (Nallapati et al., 2017): hindsight, a bound
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise, zip_longest
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from newsum.articles import Sentence, Story
from newsum.attribution.credits import with_credits
from newsum.errors import SettingsError, needing
from newsum.summary import Evidence, Line, Source, Summary, Support
from newsum.system.patterns import regex
from newsum.text.sentences import sentences
from newsum.text.words import content_words, rarity, word_count, words

__all__ = [
    "BASELINES",
    "Oracle",
    "System",
    "brief_of",
    "centroid",
    "lead",
    "lead_in_turn",
    "lexrank",
    "take",
    "textrank",
]

_RELEVANCE = 0.7  # to the centroid, against 0.3 for not repeating what is chosen: the weights MMR is mostly run with
_WORD = regex(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")


class System(Protocol):
    """What can be benchmarked: anything that writes a brief of a story."""

    def __call__(self, story: Story, *, words: int) -> Summary: ...


# --- what every baseline shares ---------------------------------------------------------------


def take(candidates: Iterable[Sentence], words: int) -> list[Sentence]:
    """Sentences from the front, up to where the next would lead further away from `words`; at least one."""
    taken: list[Sentence] = []
    texts: set[str] = set()
    length = 0
    for sentence in candidates:
        if sentence.text in texts:
            continue
        longer = length + word_count(sentence.text)
        if taken and abs(longer - words) >= abs(length - words):
            break
        taken.append(sentence)
        texts.add(sentence.text)
        length = longer
    return taken


def brief_of(story: Story, chosen: Iterable[Sentence], system: str) -> Summary:
    """A summary of sentences taken over from the story's articles, each its own evidence."""
    labels = story.labels
    return Summary(
        lines=tuple(_line(sentence, labels) for sentence in chosen),
        story_id=story.id,
        title=next((article.title for article in story.articles if article.title), ""),
        sources=tuple(map(Source.of, story.articles)),
        provenance={"writer": {"name": system, "revision": None, "backend": None}, "judge": None},
    )


def _line(sentence: Sentence, labels: Mapping[str, str]) -> Line:
    article = sentence.article
    evidence = Evidence(article.id, labels[article.id], sentence.start, sentence.end, sentence.text, 1.0)
    text = " ".join(sentence.text.split())
    return with_credits(Line(text, (evidence,), support=Support("supported", 1.0), origin="source"))


def _in_turn(story: Story) -> list[Sentence]:
    """Every article's first sentence, then every article's second, and so on."""
    rounds = zip_longest(*map(sentences, story.articles))
    return [sentence for sentence in chain.from_iterable(rounds) if sentence is not None]


def _chosen(story: Story, ranked: Iterable[Sentence], words: int, system: str) -> Summary:
    """The brief of the best-ranked sentences, in the order in which the articles tell the story."""
    place = {sentence: position for position, sentence in enumerate(_in_turn(story))}
    return brief_of(story, sorted(take(ranked, words), key=place.__getitem__), system)


# --- systems ----------------------------------------------------------------------------------


def lead(story: Story, *, words: int) -> Summary:
    """The beginning of the first article."""
    return brief_of(story, take(sentences(story.articles[0]), words), "lead") if story.articles else _nothing(story)


def lead_in_turn(story: Story, *, words: int) -> Summary:
    """The beginnings of all the articles, a sentence from each in turn."""
    return brief_of(story, take(_in_turn(story), words), "lead in turn")


def centroid(story: Story, *, words: int) -> Summary:
    """The sentences nearest to the story's centroid that do not repeat each other."""
    found = _in_turn(story)
    return _chosen(story, (found[i] for i in _by_relevance(_vectors(found))), words, "centroid")


def lexrank(story: Story, *, words: int) -> Summary:
    """Sentences central in the graph of who resembles whom.

    Raises:
        MissingExtra: sumy is not installed.
    """
    return _by_sumy(story, words, "LexRank", "lex_rank")


def textrank(story: Story, *, words: int) -> Summary:
    """Sentences central in the graph of who shares words with whom; raises as `lexrank` does."""
    return _by_sumy(story, words, "TextRank", "text_rank")


class Oracle:
    """What the best choice of sentences would score: it looks at the references.

    Args:
        references: each story's references by the story's id.
    """

    def __init__(self, references: Mapping[str, Sequence[str]]) -> None:
        self._references = references

    def __call__(self, story: Story, *, words: int) -> Summary:
        """Raises SettingsError for a story that has no references."""
        references = self._references.get(story.id or "")
        if not references:
            raise SettingsError(f"the oracle has no references of story {story.id}")
        found = _in_turn(story)
        best = _greedy([s.text for s in found], references)
        return _chosen(story, (found[i] for i in best), words, "oracle")


BASELINES: dict[str, System] = {
    "lead": lead,
    "lead in turn": lead_in_turn,
    "centroid": centroid,
    "LexRank": lexrank,
    "TextRank": textrank,
}


def _nothing(story: Story) -> Summary:
    return brief_of(story, (), "lead")


# --- centroid ---------------------------------------------------------------------------------


def _vectors(found: Sequence[Sentence]) -> NDArray[np.float64]:
    """One TF-IDF row a sentence, of length 1; how rare a word is comes from newsum's news counts."""
    own = [content_words(words(s.text)) for s in found]
    counts = [Counter(word.key for word in content) for content in own]
    weight = {word.key: rarity(word.form) for content in own for word in content}
    column = {key: i for i, key in enumerate(weight)}
    rows = np.zeros((len(found), max(1, len(column))))
    for row, count in zip(rows, counts, strict=True):
        for key, n in count.items():
            row[column[key]] = n * weight[key]
    return _unit(rows)


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    result: NDArray[np.float64] = rows / np.where(lengths == 0, 1, lengths)
    return result


def _by_relevance(rows: NDArray[np.float64]) -> Iterator[int]:
    """Sentences by maximal marginal relevance to the centroid; ties go to the earlier."""
    relevance = rows @ _unit(rows.sum(axis=0))
    repeated = np.zeros(len(rows))
    left = np.ones(len(rows), dtype=bool)
    for _ in range(len(rows)):
        worth = np.where(left, _RELEVANCE * relevance - (1 - _RELEVANCE) * repeated, -np.inf)
        best = int(worth.argmax())
        left[best] = False
        repeated = np.maximum(repeated, rows @ rows[best])
        yield best


# --- LexRank and TextRank ---------------------------------------------------------------------


class _Words:
    """What sumy asks of a tokenizer, without the model that its own would download."""

    @staticmethod
    def to_words(text: str) -> tuple[str, ...]:
        return tuple(_WORD.findall(text))


def _by_sumy(story: Story, words: int, name: str, module: str) -> Summary:
    from importlib import import_module

    with needing("bench", name):
        from sumy.models import dom
        from sumy.nlp.stemmers import Stemmer
        from sumy.utils import get_stop_words
    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), f"{name}Summarizer")(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    found = _in_turn(story)
    document = dom.ObjectDocumentModel([dom.Paragraph([dom.Sentence(s.text, _Words) for s in found])])
    return _chosen(story, (found[i] for i in _ranking(summarizer, document)), words, name)


def _ranking(summarizer: Any, document: Any) -> list[int]:
    """The sentences' numbers, best first: sumy hands its ranking to whatever says how many are wanted."""
    order: list[int] = []

    def all_of(ranked: Sequence[Any]) -> Sequence[Any]:
        order.extend(info.order for info in ranked)
        return ranked

    summarizer(document, all_of)
    return order


# --- oracle -----------------------------------------------------------------------------------


def _greedy(texts: Sequence[str], references: Sequence[str]) -> Iterator[int]:
    """The sentence that raises ROUGE-1 + ROUGE-2 F1 most, then the next, until none does."""
    grams = [_grams(text) for text in texts]
    wanted = [_grams(reference) for reference in references]
    chosen: Counter[tuple[str, ...]] = Counter()
    reached = 0.0
    left = list(range(len(texts)))
    while left:
        worth = {i: max(_f1(chosen + grams[i], reference) for reference in wanted) for i in left}
        best = max(left, key=worth.__getitem__)
        if worth[best] <= reached:
            return
        reached = worth[best]
        chosen = chosen + grams[best]
        left.remove(best)
        yield best


def _grams(text: str) -> Counter[tuple[str, ...]]:
    from newsum.evaluation.rouge import tokens

    found = tokens(text)
    return Counter([*((word,) for word in found), *pairwise(found)])


def _f1(chosen: Counter[tuple[str, ...]], wanted: Counter[tuple[str, ...]]) -> float:
    """ROUGE-1 plus ROUGE-2 F1; word pairs across two chosen sentences are left out."""
    total = 0.0
    for n in (1, 2):
        common = sum(min(count, chosen[gram]) for gram, count in wanted.items() if len(gram) == n)
        sizes = sum(c for gram, c in chosen.items() if len(gram) == n) + sum(
            c for gram, c in wanted.items() if len(gram) == n
        )
        total += 2 * common / sizes if sizes else 0.0
    return total
