"""Says what an editor would let follow the opening of a brief.

A sentence that reads well in its article may not in a brief: "the ruling", "also" or a surname may point to what only
the article tells, or it may tell what the opening told already, or nothing yet. Two fits of boosted trees know the
features of salience.py and what a sentence says beyond what is told (`FEATURES`): how likely an editor is to choose it
(newsum/planning/chosen.json, from 930 stories of which readers made briefs), and how likely one finds nothing wrong
with it where it stands (newsum/planning/printable.json, from 10,961 lines of briefs that were read). recipes.reading
fitted both. A tabloid, a column or a feature is known by the rest of its sentences: what an article's others are worth
counts for each.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsum.judging.marking import Marker
from newsum.planning import salience
from newsum.planning.opening import headline
from newsum.planning.salience import Floats, View
from newsum.planning.trees import Trees
from newsum.similarity.stories import StoryAnalysis
from newsum.system.patterns import regex
from newsum.text.analysis import Analysis, ArticleAnalysis, Passage
from newsum.text.leaning import points_nowhere
from newsum.text.lexicon import FUNCTION_WORDS
from newsum.text.words import stem

__all__ = ["FEATURES", "Followers", "features", "following"]

_CHOSEN, _PRINTABLE = (Path(__file__).parent / name for name in ("chosen.json", "printable.json"))
_PRINTED = 2.0  # the power of how likely nothing is wrong with a sentence, in what it is worth
_LEAST = 0.02
_READ = 20  # sentences that a marker reads
_BEHIND = 0.1  # of its worth, for one that it does not
_SPREAD, _SPREAD_READ = 0.8, 0.4  # the powers that keep what is worth close enough for a brief to fill its words
# What the log-odds of the trees, of a mark, and what the rest of the article is worth count, and a constant (stacking,
# Wolpert 1992), on stories that neither was fitted on. Area under the curve of "chosen" with them all .756, on invented
# stories .860; of "nothing wrong" .765 and .842.
_TREES_CHOSEN, _TREES_PRINTABLE = (1.2, 2.55, 0.24), (1.14, 2.31, -0.01)
_FOLLOWS, _PRINTS = (0.88, 0.76, 1.29, 0.97), (0.58, 0.74, 1.21, -0.2)
_FEW = 2.0  # sentences that speak for an article, below which it counts half or less
_BEFORE = 2  # sentences of the article that stand before one
_EXPLAINED = 0.35  # what a definite noun counts that is told what it is of: "the ruling of the court"

FEATURES = (
    *salience.FEATURES,
    "things",  # How many things it names as known, "the ruling", that are not told.
    "things_before",  # How many of these its article told before it.
    "first_thing",  # How near to its beginning the first of them stands, 0..1.
    "leaning",  # The share of its terms' weight that the two sentences before it have and what is told does not.
    "before",  # The share of its terms' weight that the two sentences before it have.
    "told",  # The share of its terms' weight that is told.
    "untold",  # The weight of its terms that is not told.
    "untold_names",  # How many names it has of which no word is told.
    "names_before",  # How many of these its article told before it.
    "of_opening",  # Its cosine with the opening.
    "quoted",  # The share of its characters inside quotation marks.
    "speaker",  # How many of its words are the speaker's own: "I", "we".
    "points",  # How many words it has that point elsewhere: "also", "another", "this".
    "nobody",  # Whether a person's pronoun stands before anybody it could be.
    "unsaid_by",  # Whether it reports what was said and names nobody.
    "figures",  # How many of its words may be figures.
    "name_first",  # Whether it opens with a name.
)
# Of a text with a space before it: what no word holds is looked for in half the time of a word's boundary
_THING = regex(
    r"\W(?:[Tt]h(?:e|at|is|ese|ose)|[Ss]uch) (?P<noun>(?:[a-z][\w’'-]* ){0,2}?[a-z][\w’'-]{2,})(?: \w+|(?=[.,;:])|$)"
)
_OF = regex(r" (?:of|that|who|which|whose|for|in|to|where|between|against|on|at|from|by|with)\b")
_POINTS = regex(  # of one in lower case
    r"\W(?:also|too|as well|others?|another|elsewhere|later|earlier|then|since then|at the time|still|again|already|"
    r"therefore|instead|however|meanwhile|nevertheless|though|yet|both|former|latter|same|such|similar|either|neither|"
    r"this|these|those|here)\b"
)
_QUOTED = regex(r"[“\"][^”\"]+[”\"]")
_KNOWN = frozenset(  # what there is one of, and every reader knows
    """administration army constitution country court dollar east economy euro government internet law market markets
    media military moon nation north police pope pound president press public south state stock sun united weather west
    world""".split()
)
_OPENS = 4  # characters before a name that opens a sentence, "Mr. " or "The "


class Followers(NamedTuple):
    """What may follow.

    Attributes:
        worth: (asked,), above 0, how readily an editor would let each follow.
        around: (asked,), by how much the other sentences of its article are better than the story's, as log-odds.
    """

    worth: Floats
    around: Floats


def following(
    view: View,
    story: StoryAnalysis,
    found: Floats,
    told: frozenset[str],
    opening: int,
    asked: NDArray[np.int64],
    marker: Marker | None = None,
) -> Followers:
    """How readily an editor would let each follow.

    Args:
        found: (candidates, salience.FEATURES), their features.
        told: the keys of the words that stand above.
        opening: the number of the candidate that opens the brief.
        asked: the numbers of those that may follow.
        marker: reads those that the trees find best too, where there is one; the others fall behind these.
    """
    known = features(view, story, found, told, opening, asked)
    chosen, printable = (_odds(_trees(path).predict(known)) for path in (_CHOSEN, _PRINTABLE))
    articles = np.array([view.candidates[n].article for n in asked])
    around = _around(chosen, np.arange(len(asked)), articles)
    of_chosen, of_printable = _share(_TREES_CHOSEN, chosen, around), _share(_TREES_PRINTABLE, printable, around)
    worth: Floats = (of_chosen * of_printable**_PRINTED) ** _SPREAD
    if marker is None:
        return Followers(worth, around)
    best = np.argsort(-worth)[:_READ]
    opens = view.candidates[opening]
    texts = [view.candidates[n].text for n in asked]
    marks = marker.marks(f"{headline(story, opens.article)} {opens.text}", [texts[n] for n in best])
    follows, prints = np.array([(mark.follows, mark.prints) for mark in marks]).T
    around += _around(follows, best, articles)
    read = _share(_FOLLOWS, chosen[best], follows, around[best])
    read *= _share(_PRINTS, printable[best], prints, around[best])
    behind: Floats = worth * _BEHIND
    behind[best] = read**_SPREAD_READ
    return Followers(behind, around)


def _odds(share: Floats) -> Floats:
    """The log-odds of a probability."""
    within = np.clip(share, _LEAST, 1 - _LEAST)
    odds: Floats = np.log(within / (1 - within))
    return odds


def _around(odds: Floats, read: NDArray[np.int64], articles: NDArray[np.int64]) -> Floats:
    """(asked,): by how much the other sentences of its article are better than the story's.

    What a tabloid or a column tells is seldom for a brief, nor is a scene from a feature: one knows these by the rest.

    Args:
        odds: (read,), of the sentences with these numbers.
        articles: (asked,), the number of the article of each.
    """
    beyond, counted = np.zeros((2, len(articles)))
    beyond[read], counted[read] = odds - odds.mean(), 1.0
    others = np.bincount(articles, beyond)[articles] - beyond
    around: Floats = others / (np.bincount(articles, counted)[articles] - counted + _FEW)
    return around


def _share(weights: tuple[float, ...], *known: Floats) -> Floats:
    """The probability that several log-odds make together."""
    *factors, constant = weights
    odds = sum(factor * each for factor, each in zip(factors, known, strict=True)) + constant
    share: Floats = 1 / (1 + np.exp(-odds))
    return share


def features(
    view: View, story: StoryAnalysis, found: Floats, told: frozenset[str], opening: int, asked: NDArray[np.int64]
) -> Floats:
    """(asked, FEATURES)."""
    among = [view.candidates[n] for n in asked]
    last = {c.article: c.passage.sentence.start for c in among}
    tellers = {number: _Article.of(story.articles[number], start) for number, start in last.items()}
    rows = [_beyond(c.passage, tellers[c.article], told) for c in among]
    columns = dict(zip(rows[0], np.array([list(row.values()) for row in rows]).T, strict=True))
    columns["of_opening"] = view.cosines[opening, asked]
    return np.column_stack([found[asked], *(columns[name] for name in FEATURES[len(salience.FEATURES) :])])


class _Article(NamedTuple):
    """The keys of each sentence's words, and which sentence each readable part is."""

    keys: Sequence[frozenset[str]]
    place: Mapping[int, int]

    @classmethod
    def of(cls, article: ArticleAnalysis, last: int) -> "_Article":
        """As far as the sentence that begins at `last`."""
        read = [sentence for sentence in article.sentences if sentence.sentence.start <= last]
        keys = [frozenset(sentence.analysis.word_table.keys) for sentence in read]
        place = {passage.sentence.start: n for n, passage in enumerate(article.readable) if passage is not None}
        return cls(keys, place)

    def told(self, asked: Sequence[str], at: int) -> bool:
        """Whether a sentence before that one has one of the keys."""
        return not all(map(frozenset(asked).isdisjoint, self.keys[:at]))


def _beyond(passage: Passage, article: _Article, told: frozenset[str]) -> Mapping[str, float]:
    """What a sentence says beyond what is told, as the article told it before and as it is put."""
    sentence, at = passage.analysis, article.place.get(passage.sentence.start, 0)
    before = frozenset[str]().union(*article.keys[max(0, at - _BEFORE) : at])
    total = untold = leaning = said_before = 0.0
    for key, weight in sentence.terms.weights.items():
        if " " in key:
            break  # neighbours come last
        total += weight
        if key in before:
            said_before += weight
        if key not in told:
            untold += weight
            leaning += weight if key in before else 0.0
    total = total or 1.0
    strangers = [keys for _, _, keys, _, _ in sentence.name_rows if told.isdisjoint(keys)]
    return {
        **_things(sentence, article, at, told),
        "leaning": leaning / total,
        "before": said_before / total,
        "told": 1 - untold / total,
        "untold": untold,
        "untold_names": len(strangers),
        "names_before": sum([article.told(keys, at) for keys in strangers]),
        **_put(sentence),
    }


def _things(sentence: Analysis, article: _Article, at: int, told: frozenset[str]) -> Mapping[str, float]:
    """The definite nouns that nothing told names."""
    count = before = nearness = 0.0
    text = f" {sentence.text}"
    for found in _THING.finditer(text):
        nouns = [noun for noun in found["noun"].split() if noun not in FUNCTION_WORDS]
        keys = [stem(noun) for noun in nouns]
        if not keys or not _KNOWN.isdisjoint(nouns) or any(key in told for key in keys):
            continue
        if _OF.match(text, found.end("noun")):
            count += _EXPLAINED
            continue
        count += 1
        before += article.told(keys, at)
        nearness = max(nearness, 1 - found.start() / len(sentence.text))
    return {"things": count, "things_before": before, "first_thing": nearness}


def _put(sentence: Analysis) -> Mapping[str, float]:
    """How a sentence is put."""
    text, names = sentence.text, sentence.name_rows
    quoted = sum(len(found[0]) for found in _QUOTED.finditer(text)) if "“" in text or '"' in text else 0
    return {
        "quoted": quoted / max(1, len(text)),
        "speaker": sentence.cues.speaker,
        "points": len(_POINTS.findall(f" {text.lower()}")),
        "nobody": points_nowhere(sentence),
        "unsaid_by": sentence.cues.reports > 0 and not names,
        "figures": sentence.cues.figures,
        "name_first": bool(names) and names[0][0] <= _OPENS,
    }


@cache
def _trees(path: Path) -> Trees:
    return Trees.read(path, FEATURES)
