"""Turns a sentence by degree: figures, units, bounds, order, quantity, days, negation, certainty, standing in law.

In: a `Site`. Out: `Turn`s, each a grammatical sentence that says nearly the same and yet something else, with what
follows from which. "neutral" where the one leaves the other open ("some" -> "all"), "contradicted" where both cannot
be, "unsupported" where it is one of these and a careful reader would not say which.
"""

import random
import re
from collections.abc import Callable, Iterator
from functools import cache

from recipes.judge.pairs.english import DAYS, MONTHS, SPELT, capital, spell, verbs
from recipes.judge.pairs.made import Site, Turn
from recipes.judge.pairs.tables import read_table

__all__ = ["FAMILIES", "turns"]

E, N, C, U = "entailed", "neutral", "contradicted", "unsupported"

_NUMBER = re.compile(
    r"(?<![\w.,:/$£€-])(?P<cur>[$£€])?(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<scale> (?:million|billion|"
    r"trillion|thousand))?"
    r"(?P<pct> ?%| percent| per cent)?(?![\w:/-]|,\d|\.\d)"
)
_MONEY = re.compile(
    r"(?P<cur>[$£€])(?P<n>\d[\d,]*(?:\.\d+)?)(?P<scale> ?(?:million|billion|trillion|thousand|m|bn))?\b"
)
_SPELT_OUT = re.compile(rf"(?<![\w-])(?P<w>{'|'.join(SPELT[2:])})(?= [a-z]{{3,}})(?! of (?:them|us|the))")
_BOUNDS = (
    ("at least", "at most", U),
    ("at least", "exactly", N),
    ("more than", "fewer than", C),
    ("more than", "exactly", C),
    ("over", "under", C),
    ("nearly", "more than", C),
    ("almost", "more than", C),
    ("up to", "at least", N),
    ("about", "exactly", N),
    ("around", "exactly", N),
    ("roughly", "precisely", N),
    ("less than", "more than", C),
    ("fewer than", "more than", C),
    ("at least", "fewer than", C),
    ("more than", "nearly", C),
    ("as many as", "at least", N),
    ("no more than", "at least", U),
    ("below", "above", C),
    ("an estimated", "a confirmed", N),
)
_QUANTITIES = (
    ("all", "some", E, N),
    ("all", "most", E, N),
    ("all", "none", C, C),
    ("most", "all", N, E),
    ("most", "few", C, C),
    ("many", "most", N, N),
    ("some", "all", N, E),
    ("some", "most", N, E),
    ("several", "all", N, E),
    ("every", "almost every", E, N),
    ("half", "most", N, N),
    ("few", "many", C, C),
    ("each", "only one", C, C),
    ("a majority", "a minority", C, C),
    ("hundreds", "dozens", U, E),
    ("dozens", "hundreds", N, E),
    ("thousands", "hundreds", U, N),
    ("a third", "half", C, C),
    ("a quarter", "a third", C, C),
    ("often", "always", N, E),
    ("sometimes", "always", N, E),
    ("usually", "always", N, E),
    ("partly", "entirely", C, C),
    ("partially", "completely", C, C),
    ("mostly", "entirely", N, E),
    ("largely", "wholly", N, E),
    ("a few", "many", U, U),
    ("part of", "all of", N, E),
    ("parts of", "the whole of", N, E),
)
_ORDINALS = "first second third fourth fifth sixth".split()
_FIXED = re.compile(
    r"\b(?:first lady|first time|at first|first name|second thought|Second Amendment|First Amendment)\b", re.I
)


def turns(site: Site, chance: random.Random) -> Iterator[Turn]:
    """Every turn of the sentence that the families find; quotations are turned too."""
    for family in FAMILIES.values():
        for turn in family(site.sentence, chance):
            if turn.text != site.sentence:
                yield turn


# --- figures -------------------------------------------------------------------------------------


def _figures(text: str, chance: random.Random) -> Iterator[Turn]:
    """Another figure; the same in words, with "about", within a bound."""
    for found in _NUMBER.finditer(text):
        digits = found["n"]
        value = float(digits.replace(",", ""))
        if _is_date(text, found) or value == 0 or (1900 <= value <= 2035 and "," not in digits and not found["scale"]):
            continue
        other = _other_number(digits, chance)
        yield _put(text, found.span("n"), other, C, C, "figure")
        start, end = found.span("n")
        exact = not re.search(
            r"(?:about|around|nearly|almost|than|least|most|over|under|some|to|and|or|between|by|estimated|"
            r"roughly|from|only|just) [$£€]?$",
            text[:start],
        )
        at = start - (1 if found["cur"] else 0)
        if (
            exact
            and value > 12
            and not found["pct"]
            and not re.search(r"\b(?:the|an?|his|her|their|No\.|aged?|Route) $", text[:at])
        ):
            low, high = _round(value, chance, down=True), _round(value, chance, down=False)
            mark = found["cur"] or ""
            if low and low < value:
                yield _put(text, (at, end), f"{_more(chance)} {mark}{_written(low)}", E, N, "figure bounded")
                yield _put(text, (at, end), f"{_fewer(chance)} {mark}{_written(low)}", C, C, "figure bounded")
                yield _put(
                    text,
                    (at, end),
                    f"{_about(chance)} {mark}{_written(low * chance.choice([2, 3, 0.5]))}",
                    C,
                    C,
                    "figure rounded",
                )
            if high and high > value:
                yield _put(text, (at, end), f"{_fewer(chance)} {mark}{_written(high)}", E, N, "figure bounded")
                yield _put(text, (at, end), f"{_more(chance)} {mark}{_written(high)}", C, C, "figure bounded")
            near = _round(value, chance, down=None)
            if near and near != value:
                yield _put(text, (at, end), f"{_about(chance)} {mark}{_written(near)}", E, N, "figure rounded")
        if found["n"].isdigit() and 2 <= value <= 99 and not found["cur"] and not found["pct"] and not found["scale"]:
            yield _put(text, (start, end), spell(int(value)), E, E, "figure in words")
            wrong = int(value) + chance.choice([-1, 1, 2, 10, -10])
            if 2 <= wrong <= 99:
                yield _put(text, (start, end), spell(wrong), C, C, "figure in words")
        if found["scale"]:
            yield from _scales(text, found, chance)
        elif value >= 1_000_000 and value % 100_000 == 0:
            yield _put(text, (start, end), f"{value / 1e6:g} million", E, E, "figure in words")
    for found in _SPELT_OUT.finditer(text):
        number = SPELT.index(found["w"])
        yield _put(text, found.span(), str(number), E, E, "figure in words")
        yield _put(text, found.span(), chance.choice([w for w in SPELT[2:] if w != found["w"]]), C, C, "figure")
        yield _put(text, found.span(), str(number + chance.choice([1, 2, 3, 10])), C, C, "figure in words")
        if not re.search(
            r"\b(?:the|all|these|those|least|most|than|other|first|last|next|only|past|some|about|for|every|at|"
            r"his|her|their|its) $",
            text[: found.start()],
            re.I,
        ):
            yield _put(
                text,
                found.span(),
                f"at least {SPELT[number - 1]}" if number > 2 else "at least one",
                E,
                N,
                "figure bounded",
            )
            yield _put(
                text, found.span(), f"at most {SPELT[number - 1]}" if number > 2 else "only one", C, C, "figure bounded"
            )
            yield _put(text, found.span(), f"more than {SPELT[min(number + 1, 20)]}", C, C, "figure bounded")


def _scales(text: str, found: re.Match[str], chance: random.Random) -> Iterator[Turn]:
    scale = found["scale"].strip()
    others = [s for s in ("thousand", "million", "billion", "trillion") if s != scale]
    yield _put(text, found.span("scale"), f" {chance.choice(others)}", C, C, "scale")
    if scale == "million" and re.fullmatch(r"\d{1,3}(?:\.\d{1,3})?", found["n"]):
        yield _put(
            text, (found.start("n"), found.end("scale")), f"{float(found['n']) * 1e6:,.0f}", E, E, "figure in words"
        )
        yield _put(text, (found.start("n"), found.end("scale")), f"{float(found['n']) * 1e3:,.0f}", C, C, "scale")


def _money(text: str, chance: random.Random) -> Iterator[Turn]:
    words = {"$": "dollars", "£": "pounds", "€": "euros"}
    for found in _MONEY.finditer(text):
        other = chance.choice([c for c in words if c != found["cur"]])
        yield _put(text, found.span("cur"), other, C, C, "currency")
        scale = (found["scale"] or "").strip()
        if scale in ("m", "bn") or text[found.end() :].startswith(("-", " a ", "/")):
            continue
        said = f"{found['n']}{' ' + scale if scale else ''}"
        yield _put(text, found.span(), f"{said} {words[found['cur']]}", E, E, "currency")
        yield _put(text, found.span(), f"{said} {words[other]}", C, C, "currency")


def _is_date(text: str, found: re.Match[str]) -> bool:
    months = "|".join([*MONTHS, "Jan\\.", "Feb\\.", "Aug\\.", "Sept\\.", "Oct\\.", "Nov\\.", "Dec\\."])
    return bool(
        re.search(rf"(?:{months}) $", text[: found.start()])
        or re.match(rf",? (?:{months})| [ap]\.?m", text[found.end() :])
    )


def _other_number(digits: str, chance: random.Random) -> str:
    at = chance.choice([n for n, sign in enumerate(digits) if sign.isdigit()][:2])
    return digits[:at] + chance.choice([d for d in "123456789" if d != digits[at]]) + digits[at + 1 :]


def _round(value: float, chance: random.Random, *, down: bool | None) -> float | None:
    size = 10 ** (len(str(int(value))) - chance.choice([1, 1, 2]))
    if size < 5:
        return None
    near = round(value / size) * size
    if down is None:
        return near if abs(near - value) <= 0.08 * value and near != value else None
    return (value // size) * size if down else (value // size + 1) * size


def _written(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 or value == int(value) else f"{value:g}"


def _about(chance: random.Random) -> str:
    return chance.choice(["about", "around", "roughly", "some", "approximately"])


def _more(chance: random.Random) -> str:
    return chance.choice(["more than", "over", "at least", "upwards of"])


def _fewer(chance: random.Random) -> str:
    return chance.choice(["fewer than", "under", "less than"])


# --- bounds, amounts, order ----------------------------------------------------------------------


def _bounds(text: str, chance: random.Random) -> Iterator[Turn]:
    for one, two, back in _BOUNDS:
        for found in re.finditer(
            rf"\b{one}(?= [$£€]?(?:\d|{'|'.join(SPELT[1:])}|a (?:dozen|hundred|thousand|million)|half))", text, re.I
        ):
            if two in ("exactly", "precisely") and back == N:
                yield _put(text, found.span(), _cased(two, found[0]), N, E, "bound")
            else:
                yield _put(text, found.span(), _cased(two, found[0]), back, back, "bound")


def _amounts(text: str, chance: random.Random) -> Iterator[Turn]:
    """Some and all; beneath a negation or an "if" what follows from what turns round, so those are left alone."""
    if re.search(r"\b(?:not|no|never|if|unless|without|any|nor|refuse\w*|den(?:y|ied|ies))\b|n[’']t\b|\?", text):
        return
    for one, two, forward, backward in _QUANTITIES:
        for found in re.finditer(
            rf"\b{one}\b(?! (?:day|night|time|but|in all|over|right|year|week|too|to one))", text, re.I
        ):
            if one in ("only", "one", "each", "part of") and chance.random() < 0.6:
                continue
            yield _put(text, found.span(), _cased(two, found[0]), forward, backward, "amount")


def _order(text: str, chance: random.Random) -> Iterator[Turn]:
    for found in re.finditer(r"(?<=the |his |her |its )(first|second|third|fourth|fifth)\b(?= [a-z])", text):
        if not _FIXED.search(text[max(0, found.start() - 4) : found.end() + 12]):
            yield _put(text, found.span(), chance.choice([o for o in _ORDINALS if o != found[0]]), C, C, "order")
    for one, two in (
        ("before", "after"),
        ("after", "before"),
        ("until", "since"),
        ("ahead of", "in the wake of"),
        ("prior to", "following"),
    ):
        for found in re.finditer(
            rf"\b{one}\b(?= (?:the|a|his|her|their|its|he|she|it|they|being|[a-z]+ing|[A-Z])\b)", text, re.I
        ):
            if not re.match(r" all\b", text[found.end() :]):
                yield _put(text, found.span(), _cased(two, found[0]), C, C, "before and after")


# --- days ----------------------------------------------------------------------------------------


def _days(text: str, chance: random.Random) -> Iterator[Turn]:
    for names, rule in ((DAYS, r"\b{}\b(?!s| [A-Z])"), ([m for m in MONTHS if m != "May"], r"\b{}\b")):
        for found in re.finditer(rule.format(f"(?:{'|'.join(names)})"), text):
            yield _put(text, found.span(), chance.choice([n for n in names if n != found[0]]), C, C, "day")
    for found in re.finditer(r"\b(?:in|since|by|of|from) ((?:19[5-9]|20[0-2])\d)\b(?!-)", text):
        yield _put(text, found.span(1), str(int(found[1]) + chance.choice([-10, -4, -2, -1, 1, 2, 5])), C, C, "day")
    for found in re.finditer(rf"\b(?:{'|'.join(MONTHS)}) (\d{{1,2}})\b(?!,?\d)", text):
        other = chance.choice([d for d in range(1, 29) if d != int(found[1])])
        yield _put(text, found.span(1), str(other), C, C, "day")
    for one, two in (
        ("yesterday", "last week"),
        ("last week", "last month"),
        ("last year", "this year"),
        ("this week", "next week"),
        ("last month", "last year"),
        ("next month", "next year"),
        ("tomorrow", "next week"),
        ("morning", "evening"),
        ("night", "morning"),
        ("earlier this year", "last year"),
        ("next week", "today"),
        ("afternoon", "morning"),
    ):
        for found in re.finditer(rf"\b{one}\b", text):
            yield _put(text, found.span(), two, C, C, "day")
    for found in re.finditer(rf"(?<=\w) on (?:{'|'.join(DAYS)})(?= (?:that|after|in|by|to|for|with|at)\b|,|\.)", text):
        if text[: found.start()].count(",") == 0:
            yield Turn(text[: found.start()] + text[found.end() :], E, N, "added day")


# --- opposites, negation -------------------------------------------------------------------------


@cache
def _opposites() -> tuple[dict[str, list[str]], re.Pattern[str]]:
    table: dict[str, list[str]] = {}
    for one, two in read_table("opposites.tsv"):
        table.setdefault(one, []).append(two)
        table.setdefault(two, []).append(one)
    return table, re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(table, key=len, reverse=True))})(?![\w-])")


_LOOSE = frozenset(
    "for with without against more less most least over under before after above below first second".split()
)


def _opposed(text: str, chance: random.Random) -> Iterator[Turn]:
    table, pattern = _opposites()
    for found in pattern.finditer(text):
        if found[0] in _LOOSE and chance.random() < 0.75:
            continue
        harm = {"killed", "injured", "wounded", "dead", "missing"}
        label = C if found[0] not in harm else U
        family = "killed and injured" if found[0] in harm else "opposite"
        yield _put(text, found.span(), chance.choice(table[found[0]]), label, label, family)


def _negations(text: str, chance: random.Random) -> Iterator[Turn]:
    for found in re.finditer(
        r"\b(is|are|was|were|will|would|can|could|should|has|have|had|must|did|does|do)(n[’']t| not| never)(?= [a-z])",
        text,
    ):
        plain = found[1]
        if plain not in ("did", "does", "do"):
            yield _put(text, found.span(), plain, C, C, "negation")
    for found in re.finditer(
        r"\b(is|are|was|were|will|would|can|could|should|has|have|had|must)\b(?= [a-z]{3,})(?! (?:not|never|no|"
        r"only|been no|also)\b)",
        text,
    ):
        if text[found.end() :].startswith((" the ", " a ")) and chance.random() < 0.5:
            continue
        put = chance.choice([" not", " not", " never"] if found[1] in ("has", "have", "had") else [" not"])
        yield _put(text, (found.end(), found.end()), put, C, C, "negation")
    by_past = verbs()
    for found in re.finditer(
        r"(?<= )([a-z]+ed|won|lost|met|told|gave|took|made|found|left|held|paid|sent|beat)(?= (?:the|a|an|his|"
        r"her|their|its|[A-Z]))",
        text,
    ):
        verb = by_past.get(found[1])
        if (
            verb
            and re.search(r"(?:[A-Z]\w+|[a-z]{3,}s?|he|she|they|it) $", text[: found.start()])
            and not re.search(
                r"\b(?:was|were|been|be|is|are|has|have|had|not|by|and|or|of|the|a|an|to|who|being|having|"
                r"recently|newly|since) $",
                text[: found.start()],
            )
        ):
            forms = (
                (f"did not {verb.base}", C),
                (f"failed to {verb.base}", C),
                (f"refused to {verb.base}", C),
                (f"never {verb.past}", C),
                (f"denied having {verb.participle}", U),
                (f"stopped short of {verb.ing}", C),
                (f"declined to {verb.base}", C),
                (f"planned to {verb.base}", N),
                (f"tried to {verb.base}", N),
                (f"threatened to {verb.base}", N),
                (f"was accused of having {verb.participle}", N),
                (f"allegedly {verb.past}", N),
                (f"may have {verb.participle}", N),
                (f"is expected to {verb.base}", N),
                (f"was about to {verb.base}", N),
                (f"wants to {verb.base}", N),
                (f"considered {verb.ing}", N),
                (f"reportedly {verb.past}", N),
                (f"was asked to {verb.base}", N),
            )
            for form, label in chance.sample(forms, 3):
                family = "negation" if label != N else "possible as certain"
                yield _put(text, found.span(), form, label, C if label == C else N, family)


def _turned_negations(text: str, chance: random.Random) -> Iterator[Turn]:
    for pattern, new, label in read_table("negations.tsv"):
        for found in re.finditer(pattern, text):
            yield _put(text, found.span(), new, label, label, "negation")


# --- certainty and standing in law ---------------------------------------------------------------


def _hedges(text: str, chance: random.Random) -> Iterator[Turn]:
    for pattern, new, forward, backward in read_table("hedges.tsv"):
        for found in re.finditer(pattern, text):
            if new == "" and re.search(r"\b(?:an) $", text[: found.start()]):
                continue
            family = (
                "standing in law"
                if re.search(r"convict|guilty|jail|sentenc|trial|damages|lawsuit|killer|culprit", new)
                else "possible as certain"
            )
            yield Turn(capital(text[: found.start()] + new + text[found.end() :]), forward, backward, family)


# -------------------------------------------------------------------------------------------------


def _put(text: str, span: tuple[int, int], new: str, forward: str, backward: str, family: str) -> Turn:
    return Turn(capital(text[: span[0]] + new + text[span[1] :]), forward, backward, family)


def _cased(new: str, old: str) -> str:
    return capital(new) if old[:1].isupper() else new


FAMILIES: dict[str, Callable[[str, random.Random], Iterator[Turn]]] = {
    "figures": _figures,
    "money": _money,
    "bounds": _bounds,
    "amounts": _amounts,
    "order": _order,
    "days": _days,
    "opposed": _opposed,
    "negations": _negations,
    "turned negations": _turned_negations,
    "hedges": _hedges,
}
