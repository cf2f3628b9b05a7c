"""The faults of a given text -> what the page says of it on top, and at each of its lines, the worst first.

In: a `Summary` of `newsum.attribute`. Out: a `Verdict` on the whole, and the faults of each line by severity.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsum.rendering.plain import plain
from newsum.summary import WORST_FIRST, Fault, Severity, Span, Summary

__all__ = ["OF_WORDS", "FaultView", "Verdict", "faults_of", "faults_told_once", "is_checked", "verdict_of"]

OF_WORDS = ("contradiction", "untraceable")  # kinds that are about what a line says, not whom it credits
_SEVERAL = 2  # lines


@dataclass(frozen=True, slots=True)
class FaultView:
    """A fault as the page prints it."""

    severity: Severity
    kind: str
    message: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the page says on top.

    Attributes:
        severity: of the gravest fault; "" where there is none.
        says: one sentence.
        whole: the faults of the text as a whole.
        failing: numbers of the lines with an error, those of most errors first.
        doubted: numbers of the other lines with a fault; that a line names no outlet is counted apart.
        untagged: numbers of the lines that name no outlet.
    """

    severity: str
    says: str
    whole: tuple[FaultView, ...]
    failing: tuple[int, ...]
    doubted: tuple[int, ...]
    untagged: tuple[int, ...]


def faults_of(summary: Summary) -> Mapping[int | None, tuple[FaultView, ...]]:
    """The faults of each line, by its index, and of the whole text, under None; the gravest first."""
    found: dict[int | None, list[FaultView]] = defaultdict(list)
    for fault in sorted(summary.faults, key=lambda fault: WORST_FIRST.index(fault.severity)):
        found[fault.line].append(_view(fault))
    return {line: tuple(faults) for line, faults in found.items()}


def is_checked(summary: Summary) -> bool:
    """Whether it is somebody else's brief, on which there is a verdict."""
    return any(line.origin == "given" for line in summary.lines)


def faults_told_once(summary: Summary) -> Mapping[int | None, tuple[FaultView, ...]]:
    """`faults_of`, but that several lines name no outlet is said once, of the whole text."""
    found = dict(faults_of(summary))
    untagged = [
        line for line, faults in found.items() if line is not None and any(f.kind == "untagged" for f in faults)
    ]
    if len(untagged) < _SEVERAL:
        return found
    for line in untagged:
        found[line] = tuple(fault for fault in found[line] if fault.kind != "untagged")
    numbers = ", ".join(str(line + 1) for line in sorted(untagged, key=int))
    once = FaultView("warning", "untagged", f"{len(untagged)} lines name no outlet: {numbers}.", ())
    return {**found, None: (*found.get(None, ()), once)}


def _view(fault: Fault) -> FaultView:
    return FaultView(fault.severity, plain(fault.kind), plain(fault.message), fault.spans)


def verdict_of(summary: Summary) -> Verdict:
    """What is to be said of the text as a whole."""
    found = {line: faults for line, faults in faults_of(summary).items() if line is not None}
    errors = {line: sum(fault.severity == "error" for fault in faults) for line, faults in found.items()}
    failing = sorted((line for line, count in errors.items() if count), key=lambda line: (-errors[line], line))
    untagged = sorted(line for line, faults in found.items() if any(fault.kind == "untagged" for fault in faults))
    doubted = sorted(
        line for line, faults in found.items() if not errors[line] and any(f.kind != "untagged" for f in faults)
    )
    says = (
        f"{len(failing)} of {_lines(len(summary.lines))} {_verb(failing, 'fails', 'fail')}"
        if failing
        else "No line fails"
    )
    says += f"; {len(doubted)} more {_verb(doubted, 'needs', 'need')} a look" if doubted else ""
    says += f"; {len(untagged)} {_verb(untagged, 'names', 'name')} no outlet" if untagged else ""
    return Verdict(
        next((s for s in WORST_FIRST if any(fault.severity == s for fault in summary.faults)), ""),
        f"{says}.",
        faults_of(summary).get(None, ()),
        *(tuple(line + 1 for line in lines) for lines in (failing, doubted, untagged)),
    )


def _verb(lines: Sequence[int], one: str, many: str) -> str:
    return one if len(lines) == 1 else many


def _lines(count: int) -> str:
    return f"{count} line{'s' * (count != 1)}"
