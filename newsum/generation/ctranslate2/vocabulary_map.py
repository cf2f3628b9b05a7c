"""Restricting CTranslate2 to the tokens that a request allows, by way of its vocabulary map.

In: requests' source tokens and what they allow. Out: a `VocabularyMap`. CTranslate2 has no hook to mask tokens, but its
map says which of them the decoder's last layer has at all: some for every source, and some for each source token, here
itself. A unit's words and a few that join them are just that, so one map serves a whole run.

Nothing else is asked of a restricted layer by token: as of 4.8.5 the table of a layer's places keeps what an earlier
one had (`Decoder::update_output_layer` empties it for the whole vocabulary only), so suppressing a token may hit
another. The tokens that begin and end a text go through that table too; they must come before all that changes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Restricted", "VocabularyMap", "shared_map"]

Restricted = tuple[tuple[int, ...], frozenset[int]]  # a request's source tokens and what it allows
_ENOUGH = 8  # requests, from which what all of them allow is taken for what every request will
_SEPARATORS = frozenset(" \t\r\n")  # a map is a text file of words


@dataclass(frozen=True, slots=True)
class VocabularyMap:
    """What the last layer has beside the tokens that begin and end a text.

    Attributes:
        fixed: the tokens that it has for every source.
        never: the source tokens that it does not have; None where it has none of them.
    """

    fixed: frozenset[int]
    never: frozenset[int] | None = None

    def serves(self, request: Restricted, edges: frozenset[int]) -> bool:
        """Whether that is what a request allows, `edges` (the tokens that begin and end a text) aside."""
        source, allowed = request
        changing = frozenset() if self.never is None else frozenset(source) - self.never - self.fixed - edges
        return (self.fixed | changing) - edges == allowed - edges and min(changing, default=max(edges)) >= max(edges)

    def lines(self, tokens: Sequence[str]) -> Iterator[str]:
        """The map as CTranslate2 reads it: source token, tab, tokens; those for every source have no source token."""
        writable = [_SEPARATORS.isdisjoint(token) for token in tokens]
        yield "\t" + " ".join(tokens[number] for number in sorted(self.fixed) if writable[number])
        if self.never is not None:
            for number, token in enumerate(tokens):
                if writable[number] and number not in self.never:
                    yield f"{token}\t{token}"


def shared_map(
    requests: Sequence[Restricted], edges: frozenset[int], earlier: VocabularyMap | None
) -> VocabularyMap | None:
    """One map that serves all requests; None where there is none.

    What all of many requests allow is fixed, though each has it in its source too: the first source without a full
    stop would need another map else, and with it another layer.

    Args:
        edges: the tokens that begin and end a text.
        earlier: the map so far, of which as much is kept as goes with the requests, so that it soon fits all.
    """
    fixed = frozenset[int]().union(*(allowed.difference(source) for source, allowed in requests))
    if len(requests) >= _ENOUGH:
        fixed |= frozenset.intersection(*(allowed for _, allowed in requests))
    never = frozenset[int]().union(*(frozenset(source) - allowed for source, allowed in requests))
    if earlier is not None and all(earlier.fixed <= allowed for _, allowed in requests):
        fixed |= earlier.fixed
    if earlier is not None and earlier.never is not None and all(earlier.never.isdisjoint(a) for _, a in requests):
        never |= earlier.never
    found = VocabularyMap(fixed, never)
    return found if all(found.serves(request, edges) for request in requests) else None
