"""A judge reads a line without the outlet that it cites, where that outlet's words are its evidence."""

import pytest

from newsum.checking.citing import without_own_citations
from newsum.summary import Evidence


def quoted(outlet, quote="Gas fell on Friday."):
    return [Evidence("a", outlet, 0, len(quote), quote, 1.0)]


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("Gas fell on Friday, per Reuters.", "Gas fell on Friday."),
        ("Reuters reports that gas fell on Friday.", "Gas fell on Friday."),
        ("Gas fell on Friday, Reuters reported.", "Gas fell on Friday."),
        ("On Friday, Reuters reported, gas fell.", "On Friday, gas fell."),
        ("Gas fell on Friday, a trader tells Reuters.", "Gas fell on Friday, a trader says."),
        ("Gas fell on Friday.", "Gas fell on Friday."),
    ],
)
@pytest.mark.parametrize("outlet", ["Reuters", "source 2"])
def test_the_citation_of_its_own_outlet_goes(line, bare, outlet):
    assert without_own_citations(line, quoted(outlet)) == bare


def test_another_outlets_citation_stays_and_so_does_one_where_the_evidence_cites_somebody():
    line = "Gas fell on Friday, per Reuters."
    assert without_own_citations(line, quoted("BBC")) == line
    assert without_own_citations(line, quoted("source 2", "Gas fell on Friday, CNN reported.")) == line
