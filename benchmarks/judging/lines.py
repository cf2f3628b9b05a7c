"""Measures what the judge does to single lines: true ones kept, false ones found, outlets named rightly.

In: a judge, how many to draw. Out: `Measured` rows. All lines and stories are development data, on which nothing was
fitted; what is drawn is drawn by a seed.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import newsum
from benchmarks.attributing import spark_lines
from benchmarks.data import read_jsonl
from benchmarks.judging.measured import Measured, development, drawn, kept_tenth, share
from benchmarks.judging.turning import INVENTED, TURNS
from newsum.articles import Article, Story
from newsum.attribution.credits import says_the_same
from newsum.attribution.lines import SourceIndex
from newsum.audit import evidence_of
from newsum.briefs.parsing import GivenLine
from newsum.checking import StoryContext, StoryJudge, agreeing, besides, context_of
from newsum.judging import Judge
from newsum.similarity.stories import analyse_story
from newsum.summary import Summary
from newsum.text.analysis import analyse
from newsum.text.words import words
from recipes.corrupting import corrupted

__all__ = ["also", "contradicted", "insights", "invented", "people"]

_SEED = 21


def people(judge: Judge, count: int) -> Iterator[Measured]:
    """Lines that people wrote of SPARK's stories: who of those supported by the rules loses the label, who has it."""
    lost, kept, read = [], [], []
    for aligned in list(spark_lines()):
        lines, articles = list(aligned.lines), list(aligned.story.articles)
        rules, both = (newsum.attribute(lines, articles, judge=each) for each in (None, judge))
        for text, old, new in zip(lines, rules.lines, both.lines, strict=True):
            is_supported = new.support.label == "supported"
            kept.append(is_supported)
            if old.support.label == "supported":
                lost.append(not is_supported)
                if not is_supported:
                    read.append(f"{new.support.label}: {text}\n      {new.evidence[0].quote if new.evidence else '-'}")
    of = f"{len(lost)} human lines of SPARK dev that the rules support"
    yield Measured("lose the label", share(lost), 0.08, False, of, tuple(read))
    yield Measured("supported", share(kept), 0.78, True, f"{len(kept)} human lines of SPARK dev")


# --- invented -----------------------------------------------------------------------------------------------

_PERSON = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+ [A-Z][a-z]{2,}\b(?! [A-Z])")
_NOUN = re.compile(r"(?<=\bthe )[a-z]{4,}(?= (?:of|in|on|at|for|to|was|is|and|that)\b)")


def invented(judge: Judge, count: int) -> Iterator[Measured]:
    """Invented predicates about a story's own names, sixty templates in turn: which bear no error."""
    passed: dict[str, list[bool]] = {"short": [], "long": []}
    read = []
    for number, (story, text) in enumerate(_inventions(count)):
        line = newsum.attribute([text], story, judge=judge).lines[0]
        kind = "short" if len(INVENTED[number % len(INVENTED)].split()) < 8 else "long"
        passed[kind].append(line.support.label == "supported")
        if passed[kind][-1]:
            read.append(f"{line.support.score:.2f} {text}\n      {line.evidence[0].quote}")
    everything = [*passed["short"], *passed["long"]]
    of = f"{len(everything)} invented predicates of {len(INVENTED)} templates"
    yield Measured("pass without an error", share(everything), 0.03, False, of, tuple(read))
    for kind, own in passed.items():
        yield Measured(f"pass, {kind}", share(own), 0.03, False, f"{len(own)} of them")


def _inventions(count: int) -> Iterator[tuple[Story, str]]:
    chance = random.Random(_SEED)
    stories = list(development())
    chance.shuffle(stories)
    number = 0
    while number < count:
        for story in stories:
            text = " ".join(article.text for article in story.articles)
            people, nouns = sorted(set(_PERSON.findall(text))), sorted(set(_NOUN.findall(text)))
            if len(people) > 1 and nouns and number < count:
                one, two = chance.sample(people, 2)
                name = chance.choice([one, one.split()[1]])
                form = INVENTED[number % len(INVENTED)]
                number += 1
                yield story, form.format(n=name, m=two.split()[1], w=chance.choice(nouns))


# --- whoever says the same ----------------------------------------------------------------------------------

_TRIES = 8  # at another word of a sentence
_NEGATIONS = frozenset({"not", "no", "never", "n't", "don't", "didn't", "cannot"})
_FACTS: Mapping[str, str] = {"number": "figure", "negation": "negation", "exchanged": "agent", "date": "figure"}


def also(judge: Judge, count: int) -> Iterator[Measured]:
    """One fact of what an outlet says is changed: does it stay among those who say the line independently?"""
    stayed: dict[str, list[bool]] = {}
    read = []
    for line, articles, outlet, kind, altered in _confirmed(judge, count):
        found = newsum.attribute([line], [altered if a.id == outlet else a for a in articles], judge=judge).lines[0]
        stays = altered.outlet in found.also
        stayed.setdefault(kind, []).append(stays)
        if stays:
            quote = next(e.quote for e in found.corroboration if e.outlet == altered.outlet)
            read.append(f"{kind}: {line}\n      {quote}")
    everything = [each for own in stayed.values() for each in own]
    kinds = ", ".join(f"{kind} {sum(own)}/{len(own)}" for kind, own in sorted(stayed.items()))
    of = f"{len(everything)} outlets with one fact changed ({kinds})"
    yield Measured("stay in `also`", share(everything), 0.03, False, of, tuple(read))


def _confirmed(judge: Judge, count: int) -> Iterator[tuple[str, Sequence[Article], str, str, Article]]:
    """A line, its story's articles, and one of these that confirms it, as it is called, with a fact of it changed."""
    given = 0
    for known, passage in drawn([*development(), *kept_tenth()], 100 * count, _SEED):
        story = known.story
        if given >= count:
            return
        (near,) = evidence_of([GivenLine(passage.text)], SourceIndex(known))
        if not near.corroboration or near.corroboration[0].copy_of or near.corroboration[0].score < 0.6:
            continue
        found = newsum.attribute([passage.text], story, judge=judge).lines[0]
        for each in found.corroboration:
            article = next(a for a in story.articles if a.id == each.article)
            if each.outlet in found.also and (turned := _changed(passage.text, each.quote, story, given)) is not None:
                kind, quote = turned
                text = article.text[: each.start] + quote + article.text[each.end :]
                given += 1
                yield passage.text, story.articles, article.id, kind, replace(article, text=text)
                break


def _changed(line: str, quote: str, story: Story, turn: int) -> tuple[str, str] | None:
    """A sentence with one fact changed that the line has too, the kinds in turn, and the kind."""
    kinds = [*_FACTS, "act"]
    for kind in (*kinds[turn % len(kinds) :], *kinds[: turn % len(kinds)]):
        for seed in range(_TRIES):
            opposite = TURNS["opposite"](quote, random.Random(seed)) if kind == "act" else None
            made = opposite if kind == "act" else corrupted(quote, kind, story, seed)
            if made is not None and _is_of(line, quote, made):
                return _FACTS.get(kind, kind), made
    return None


def _is_of(line: str, quote: str, made: str) -> bool:
    """Whether all that was changed is of the line: the words that went, and the one after a "not" that came or went."""
    said = {word.key for word in words(line)}
    old, new = [word.key for word in words(quote)], [word.key for word in words(made)]
    changes = [c for c in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if c[0] != "equal"]
    gone = [key for _, start, end, _, _ in changes for key in old[start:end]]
    after = [old[end] if end < len(old) else "" for _, start, end, _, _ in changes]
    if any(key in _NEGATIONS for key in (*gone, *(k for *_, a, b in changes for k in new[a:b]))):
        return bool(changes) and all(key in said for key in after)
    return bool(gone) and all(key in said for key in gone)


def insights(judge: Judge, count: int) -> Iterator[Measured]:
    """Which of a topic's hundred articles tell a fact: those that it rests on, or that say the same."""
    right = told = named = 0
    read = []
    rows = list(read_jsonl("alignment/insights_dev"))
    for row in rows:
        story = Story(tuple(Article(a["outlet"], a["text"], id=a["id"]) for a in row["articles"]))
        index = SourceIndex(known := analyse_story(story))
        asked, context = StoryJudge(judge, known), context_of(known)
        for fact in random.Random(_SEED).sample(row["insights"], count // len(rows)):
            true = {a["id"] for a in row["articles"] if fact["id"] in a["insights"]}
            found = _articles(fact["text"], index, asked, context)
            right, told, named = right + len(true & found), told + len(true), named + len(found)
            read += [f"missed: {fact['text']} [{a}]" for a in sorted(true - found)]
            read += [f"wrongly named: {fact['text']} [{a}]" for a in sorted(found - true)]
    of = f"{told} tellings of {count // len(rows) * len(rows)} facts by 300 articles"
    yield Measured("insights: recall", right / max(1, told), 0.90, True, of, tuple(read))
    yield Measured("insights: precision", right / max(1, named), 0.93, True, of)


def _articles(fact: str, index: SourceIndex, asked: StoryJudge, context: StoryContext) -> set[str]:
    """The articles that a fact rests on or that say the same, as credits are given."""
    (found,) = evidence_of([GivenLine(fact)], index)
    judged = asked.of(fact, found.evidence, found.corroboration)
    resting = judged.resting if judged else found.evidence
    others = besides(judged, found.evidence, found.corroboration)
    entailed = agreeing(judged, analyse(fact), others, index.around(others), context)
    return {e.article for e in resting} | {e.article for e in others if says_the_same(e, entailed)}


# --- contradictions -----------------------------------------------------------------------------------------


def contradicted(judge: Judge, count: int) -> Iterator[Measured]:
    """A sentence of one outlet is checked against another's article alone that tells the same: is it "contradicted"?

    Drawn are sentences of basil_dev, news_cluster_dev and allsides_train's kept tenth for which another article of the
    story, no copy, has a sentence that newsum's linear models take to say the same (score of .5 or more).
    """
    errors, read = [], []
    for known, passage in drawn([*development(), *kept_tenth()], 100 * count, _SEED + 1):
        if len(errors) >= count:
            break
        others = [a for a in known.story.articles if a.id != passage.article.id and a.outlet != passage.article.outlet]
        other = next((a for a in others if _tells(passage.text, a, known.story)), None)
        if other is None:
            continue
        summary: Summary = newsum.attribute([passage.text], [other], judge=judge)
        errors.append(summary.lines[0].support.label == "contradicted")
        if errors[-1]:
            faults = "; ".join(f.message for f in summary.faults if f.kind == "contradiction")
            read.append(f"{passage.text}\n      {summary.lines[0].evidence[0].quote}\n      {faults}")
    of = f"{len(errors)} pairs of a line and another outlet's article on the same"
    yield Measured("contradiction errors", share(errors), 0.03, False, of, tuple(read))


def _tells(line: str, article: Article, story: Story) -> bool:
    """Whether an article, no copy of the line's, has a sentence that says the line, by the linear models."""
    (found,) = evidence_of([GivenLine(line)], SourceIndex(analyse_story(Story((article,)))))
    best = found.evidence[0] if found.evidence else None
    return best is not None and best.score >= 0.5 and best.quote != line
