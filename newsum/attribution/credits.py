"""This module decides whom a line credits, who else says the same, and whom its evidence cites.

In: a line with its evidence, corroboration and verdict (lines.py, newsum/checking).
Out: the same line with `outlets`, `also` and `cited`, as `newsum.summary.Line` stores them.

All that it weighs stands here, so that a line read again keeps the credits that it was given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from newsum.outlets.citations import cited
from newsum.summary import Evidence, Line, LineOrigin, SupportLabel

__all__ = ["Credits", "credits_of", "says_the_same", "with_credits"]

# How likely an article must be to say all of the line (lines.py), for its outlet to be named: of 57 that readers
# checked in 469 lines of the kept tenth 32 do, and 25 lack a detail; by the words shared it was 33 of 82.
_SAYS_THE_SAME = 0.65
_ENTAILS = 0.6  # and how likely with a judge (checking/outlets.py): of marked pairs 93% are then said, or nearly
# Of a given line that is unsupported: below it evidence is only the nearest there is. Of the fixtures' lines put into
# other stories' briefs 9% find evidence and 1.4% have it by this; of SPARK's own lines 2% fall short.
_CREDITED = 0.1


@dataclass(frozen=True, slots=True)
class Credits:
    """Whom a line names, each outlet once.

    Attributes:
        outlets: those that it rests on.
        also: others, that say the same independently.
        cited: others, whose reporting its evidence cites.
    """

    outlets: tuple[str, ...]
    also: tuple[str, ...]
    cited: tuple[str, ...]


def credits_of(
    evidence: Sequence[Evidence],
    corroboration: Sequence[Evidence],
    label: SupportLabel,
    origin: LineOrigin,
    entailed: Mapping[str, float] | None = None,
) -> Credits:
    """Decide whom a line credits, from what it rests on and how well it does.

    Args:
        entailed: article id -> how likely a judge finds it that the article's sentences entail the line, for the
            articles that it was asked about; of others the words decide.
    """
    outlets = _resting(evidence) if _is_credited(evidence, label, origin) else ()
    quoted = (name for e in evidence for name in cited(e.quote, besides=outlets))
    same = [e for e in corroboration if says_the_same(e, entailed or {})]
    return Credits(outlets, _independent(evidence, same, outlets), tuple(dict.fromkeys(quoted)))


def with_credits(line: Line, entailed: Mapping[str, float] | None = None) -> Line:
    """The line with the credits that its evidence, corroboration, verdict and origin give it, and a judge if asked."""
    credits = credits_of(line.evidence, line.corroboration, line.support.label, line.origin, entailed)
    return replace(line, outlets=credits.outlets, also=credits.also, cited=credits.cited)


def _is_credited(evidence: Sequence[Evidence], label: SupportLabel, origin: LineOrigin) -> bool:
    """Nobody is credited with an unsupported line of somebody else's whose evidence is only the nearest there is."""
    is_doubted = origin == "given" and label == "unsupported"
    return not is_doubted or max((e.score for e in evidence), default=0.0) >= _CREDITED


def _resting(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e.outlet for e in evidence))


def says_the_same(evidence: Evidence, entailed: Mapping[str, float]) -> bool:
    """Whether an article says what a line does, by a judge where it was asked, else by the words."""
    if evidence.article in entailed:
        return entailed[evidence.article] >= _ENTAILS
    return evidence.score >= _SAYS_THE_SAME


def _independent(evidence: Sequence[Evidence], same: Sequence[Evidence], outlets: Sequence[str]) -> tuple[str, ...]:
    """Who says the same in words of its own: carriers of one text, and its origin, count once."""
    carried = {e.copy_of for e in evidence}
    named = (e.outlet for e in same if e.copy_of is None and e.article not in carried)
    return tuple(outlet for outlet in dict.fromkeys(named) if outlet not in outlets)
