"""The words that all forms of a brief share.

In: parts of a `Summary`, and its `Names`. Out: plain strings, one line each, not yet escaped for Markdown or HTML.
"""

from collections.abc import Iterable
from itertools import chain

from newsum.outlets.citations import cited
from newsum.outlets.names import is_agency
from newsum.rendering.names import Names, named
from newsum.rendering.plain import plain, quoted
from newsum.rendering.verdict import FaultView, verdict_of
from newsum.summary import Disagreement, Evidence, Line, Source, Summary

__all__ = [
    "NO_LINES",
    "agreeing",
    "carriers",
    "carrying",
    "checked",
    "credit",
    "credited",
    "disagreement",
    "fault",
    "listed",
    "no_credit",
    "remarks",
    "source_name",
    "standing",
    "tag",
]

NO_LINES = "This brief has no lines."

_FEW_MORE = 2  # sources that no line rests on, which are listed all the same
_SHOWN = 3  # names of those who say the same

_MARKS = {
    "partly": "partly supported",
    "unsupported": "not supported",
    "contradicted": "contradicted by the sources",
}


def tag(line: Line, names: Names) -> str:
    """The outlets that the line rests on, and whom they cite: "[BBC, citing Reuters; CNN]"."""
    return f"[{'; '.join(credit(name, line, names) for name in line.outlets) or no_credit(line, names)}]"


def no_credit(line: Line, names: Names) -> str:
    """What stands where a line credits nobody."""
    nearest = _list(names.by(e) for e in line.evidence)
    return f"no source found; nearest: {nearest}" if nearest else "no source found"


def credit(name: str, line: Line, names: Names) -> str:
    """One credit of a line, with whom its evidence cites."""
    shown, others = names.credited(name, line.evidence), " and ".join(map(named, _cited_by(name, line)))
    return f"{shown}, citing {others}" if others else shown


def _cited_by(name: str, line: Line) -> Iterable[str]:
    """Whom of `Line.cited` an outlet's evidence cites; all of them where it is the only one credited."""
    if line.outlets == (name,):
        return line.cited
    own = (cited(e.quote, besides=line.outlets) for e in line.evidence if e.outlet == name)
    return [other for other in dict.fromkeys(chain.from_iterable(own)) if other in line.cited]


def remarks(line: Line, names: Names) -> tuple[str, ...]:
    """What follows the tag, each in parentheses: who says the same, who carries it, how well it is supported."""
    return tuple(f"({remark})" for remark in (_others(line, names), standing(line)) if remark)


def _others(line: Line, names: Names) -> str:
    also = _few([names.credited(o, line.corroboration) for o in line.also])
    carried = _few([names.by(each) for each in carriers(line)])
    how = "carried by" if any(map(is_agency, (*line.outlets, *line.also))) else "same text in"
    return "; ".join([*([f"also: {also}"] if also else ()), *([f"{how} {carried}"] if carried else ())])


def _few(outlets: Iterable[str]) -> str:
    """The first three names, and how many others there are; JSON and the report have all."""
    different = list(dict.fromkeys(outlets))
    others = len(different) - _SHOWN
    if others < 2:  # "and 1 other" is no shorter than a name
        return ", ".join(different)
    return f"{', '.join(different[:_SHOWN])} and {others} others"


def carriers(line: Line) -> list[Evidence]:
    """Who carries the text that the line rests on: no second witness, so it is not among "also"."""
    witnesses = {*line.outlets, *line.also}
    origins = {e.article for e in (*line.evidence, *line.corroboration) if e.outlet in witnesses}
    return [e for e in line.corroboration if e.copy_of in origins and e.outlet not in witnesses]


def _list(outlets: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(outlets))


def standing(line: Line) -> str:
    """The verdict where it is not plain support; a line without evidence says so in its tag already."""
    label = line.support.label
    if label not in _MARKS or (label == "unsupported" and not line.outlets):
        return ""
    spans = line.support.unsupported if label == "partly" else ()
    gaps = [gap for start, end in spans if (gap := line.text[start:end].strip(" \n,;:."))]
    return f"{_MARKS[label]}; no source says {', '.join(map(quoted, gaps))}" if gaps else _MARKS[label]


def carrying(evidence: Evidence, names: Names) -> str:
    """Whose text a copy is: "carrying the text of BBC"; nothing for an original."""
    return "" if evidence.copy_of is None else f"carrying the text of {names.of(evidence.copy_of)}"


def agreeing(evidence: Evidence, line: Line) -> str:
    """What a corroborating quote is to its line: the same, where its outlet is one of `Line.also`, else the matter."""
    return "says the same" if evidence.outlet in line.also else "also on this"


def disagreement(differing: Disagreement, names: Names) -> str:
    """Who says what, and with which words: "Outlets differ (number): BBC “12” in “It runs for 12 years.” / ..."."""
    spans = differing.spans or [None] * len(differing.positions)
    told = (
        f"{quoted(e.quote[slice(*span)])} in " if span else ""
        for e, span in zip(differing.positions, spans, strict=True)
    )
    positions = " / ".join(
        f"{names.by(e)} {figure}{quoted(e.quote)}" for e, figure in zip(differing.positions, told, strict=True)
    )
    return f"Outlets differ ({differing.kind}): {positions}"


def fault(found: FaultView) -> str:
    """A fault as it stands at its line, or among the whole text's: "error, contradiction: ..."."""
    return f"{found.severity}, {found.kind}: {found.message}"


def checked(summary: Summary) -> str:
    """The verdict on a given text, in one row."""
    return f"Checked: {verdict_of(summary).says}"


def credited(summary: Summary, names: Names) -> str:
    return f"Credited: {'; '.join(names.all_credited(summary)) or 'nobody'}"


def source_name(source: Source, names: Names) -> str:
    """The source's outlet as the closing list prints it: "BBC (outlet guessed)", "source 3"."""
    name = names.of(source.article)
    return f"{name} (outlet guessed)" if source.outlet_guessed and plain(source.outlet) else name


def listed(summary: Summary) -> tuple[list[tuple[int, Source]], str]:
    """The sources that a line rests on or that say it too, each with its number, and a count of the rest.

    Where there is none of these, or hardly another, all are listed.
    """
    numbered = list(enumerate(summary.sources, start=1))
    used = {e.article for line in summary.lines for e in (*line.evidence, *line.corroboration)}
    chosen = [(number, source) for number, source in numbered if source.article in used]
    rest = len(numbered) - len(chosen)
    if not chosen or rest <= _FEW_MORE:
        return numbered, ""
    return chosen, f"and {rest} more that no line rests on"
