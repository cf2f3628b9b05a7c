"""An article cut at its evidence: nothing lost, each stretch with those who rest on it."""

from hypothesis import given
from hypothesis import strategies as st

from newsum.rendering.passages import Mark, Paragraphs, content_keys, quotes_alone, quotes_in
from newsum.summary import Evidence

TEXT = "The crews walked out.\n\nMost ferries stood still, the union said. Nobody was hurt."


def _mark(start: int, end: int, holder: str, *, rests: bool = True, text: str = TEXT, said: str = "") -> Mark:
    return Mark(Evidence("a", "BBC", start, end, text[start:end], 0.9), holder, rests, content_keys(said))


def _text(paragraphs: Paragraphs) -> list[str]:
    return ["".join(run.text for piece in pieces for run in piece.runs) for pieces in paragraphs]


def _covered(paragraphs: Paragraphs, holder: str) -> str:
    pieces = (piece for pieces in paragraphs for piece in pieces if holder in piece.holders)
    return "".join(run.text for piece in pieces for run in piece.runs)


def test_a_text_without_evidence_is_its_paragraphs():
    assert _text(quotes_in(TEXT, (), "a1")) == ["The crews walked out.", TEXT.split("\n")[2]]


def test_a_sentence_knows_who_rests_on_it_where_it_begins_and_where_the_way_back_is():
    start = TEXT.index("Most")
    end = TEXT.index(" Nobody")
    _, pieces = quotes_in(TEXT, [_mark(start, end, "l1"), _mark(start, end, "l3", rests=False)], "a2")
    lit = pieces[0]
    assert (lit.holders, lit.rests, lit.ends, lit.anchor) == (("l1", "l3"), ("l1",), ("l1", "l3"), f"a2-{start}")
    assert pieces[1].holders == ()


def test_overlapping_evidence_is_cut_where_either_begins_and_ends():
    paragraphs = quotes_in(TEXT, [_mark(4, 14, "l1"), _mark(10, 21, "d1")], "a1")
    pieces = [("".join(run.text for run in piece.runs), piece.holders, piece.ends) for piece in paragraphs[0]]
    assert pieces == [
        ("The ", (), ()),
        ("crews ", ("l1",), ()),
        ("walk", ("l1", "d1"), ("l1",)),
        ("ed out.", ("d1",), ("d1",)),
    ]


def test_evidence_over_two_paragraphs_is_marked_in_both_and_leads_back_once():
    paragraphs = quotes_in(TEXT, [_mark(4, 35, "l1")], "a1")
    marked = [piece for pieces in paragraphs for piece in pieces if piece.holders]
    assert [piece.anchor for piece in marked if piece.anchor] == ["a1-4"]
    assert [piece.ends for piece in marked if piece.ends] == [("l1",)]
    assert _covered(paragraphs, "l1") == TEXT[4:35].replace("\n", "")


def test_the_words_that_a_line_shares_are_found_whatever_their_form():
    start = TEXT.index("Most")
    mark = _mark(start, start + 44, "l1", said="The unions say that a ferry stands still.")
    _, pieces = quotes_in(TEXT, [mark], "a1")
    assert [run.text for run in pieces[0].runs if run.shared] == ["ferries", "union"]


def test_quotes_alone_stand_in_the_order_of_the_article_each_once():
    first, second = _mark(0, 21, "l2"), _mark(23, 64, "l1")
    paragraphs = quotes_alone([second, first, _mark(0, 21, "l4")], "a1-quote")
    assert _text(paragraphs) == [TEXT[:21], TEXT[23:64]]
    assert paragraphs[0][0].holders == ("l2", "l4")
    assert [pieces[0].anchor for pieces in paragraphs] == ["a1-quote-0", "a1-quote-23"]


@given(
    st.text(alphabet="ab \n\u202e.", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 60)), max_size=8),
)
def test_nothing_is_lost_and_every_mark_covers_its_quote(text, spans):
    spans = [(min(a, len(text) - 1), min(max(b, a + 1), len(text))) for a, b in spans]
    spans = [(a, b) for a, b in spans if a < b]
    marks = [_mark(a, b, f"l{n}", text=text) for n, (a, b) in enumerate(spans)]
    paragraphs = quotes_in(text, marks, "a1")
    squeezed = [row.replace("\u202e", "") for row in text.split("\n")]
    assert _text(paragraphs) == [row for row in squeezed if row.strip()]
    anchors = [piece.anchor for pieces in paragraphs for piece in pieces if piece.anchor]
    assert len(anchors) == len(set(anchors))
    for n, (a, b) in enumerate(spans):
        covered = "".join(_covered(paragraphs, f"l{n}").split())
        assert covered == "".join(text[a:b].replace("\u202e", "").split())
