"""A brief composed line by line: a planned sentence stands where it is true, new and reads well.

The writer is scripted; so are the judge and the reader of lines.
"""

from collections.abc import Sequence

from analysed import story_of
from scripted import ToldLines

from newsum import Article
from newsum.judging import Entailment, Judge, Pair
from newsum.judging.marking import Marks
from newsum.writing.composing import composed
from newsum.writing.standing import Found, Sources

FERRY = (
    Article(
        "Northgate Wire",
        "Crews at Alden Sound Ferries walked out on Tuesday over night rosters, halting most services to the six "
        "islands. The company cancelled 62 sailings on the first day of the strike. Two sailings a day will carry "
        "medicine and food to St. Orrin under an exemption agreed by the union. The strike is to last three days.",
        "Ferry crews strike over night rosters",
        published="2026-03-10",
    ),
    Article(
        "Channel Meridian",
        "Islanders woke to empty quays on Tuesday as ferry crews at Alden Sound began a strike over night rosters. A "
        "state mediator, Ingrid Falk, will meet both sides in Karrow on 16 March. Falk settled the strike of the "
        "harbour pilots last year.",
        "Islands cut off as crews strike",
        published="2026-03-10",
    ),
)
TRUE = "Crews at Alden Sound Ferries walked out on Tuesday over night rosters, halting most services."
FALSE = "Crews at Alden Sound Ferries walked out on Tuesday over a fire that killed 14 passengers."


class _Sure:
    """A judge that finds everything entailed by reports, and nothing said by the lines above, but what it is told.

    It reads all lines well but those that hold one of some words.
    """

    reads_lines = True

    def __init__(self, *doubted: str, repeats: Sequence[str] = (), poor: Sequence[str] = ()) -> None:
        self._doubted, self._repeats, self._poor = doubted, repeats, poor

    def marks(self, told: str, lines: Sequence[str]) -> list[Marks]:
        return [Marks(0.5, 0.0, -2.0 if any(word in line for word in self._poor) else 2.0) for line in lines]

    def entailment(self, pairs: Sequence[Pair]) -> list[Entailment]:
        return [self._answer(*pair) for pair in pairs]

    def _answer(self, premise: str, hypothesis: str) -> Entailment:
        from_reports = "Northgate Wire" in premise or "Channel Meridian" in premise
        said = hypothesis not in self._doubted if from_reports else hypothesis in self._repeats
        return Entailment(0.98, 0.01, 0.01) if said else Entailment(0.05, 0.9, 0.05)


def _composed(writer: ToldLines, *, words: int = 30, judge: Judge | None = None) -> list[Found]:
    story = story_of(FERRY)
    return composed(story, words, writer, Sources.of(story, judge or _Sure()))


def _texts(found: Sequence[Found]) -> list[str]:
    return [one.option.text for one in found]


OTHERS = (
    "The company",
    "A state mediator",
    "The strike is",
    "Islanders",
    "Falk settled",
    "agreed by the union",
)
LATER = "Two sailings a day will carry medicine and food to St. Orrin under an exemption."


def test_planned_sentences_that_read_well_stand_and_the_writer_is_not_asked() -> None:
    writer = ToldLines([TRUE], [LATER])
    found = _composed(writer, words=60)
    assert len(found) > 1
    assert {one.option.origin for one in found} == {"source"}
    assert writer.asked == []


def test_the_writer_is_asked_where_no_sentence_reads_well_with_the_lines_above_told() -> None:
    writer = ToldLines([LATER])
    found = _composed(writer, words=45, judge=_Sure(poor=OTHERS))
    assert LATER in _texts(found)
    assert found[_texts(found).index(LATER)].option.origin == "model"
    assert all(told == (_texts(found)[0],) for _, told in writer.asked[:1])


def test_the_writer_reads_at_most_three_outlets_sentences_on_what_is_to_be_said() -> None:
    writer = ToldLines([LATER])
    _composed(writer, words=45, judge=_Sure(poor=OTHERS))
    assert all(1 <= len(reports) <= 3 for reports, _ in writer.asked)


def test_what_reads_no_better_than_the_sentence_is_not_printed() -> None:
    found = _composed(ToldLines([LATER]), words=45, judge=_Sure(poor=(*OTHERS, LATER)))
    assert LATER not in _texts(found)


def test_a_unit_that_does_not_stand_makes_room_for_another() -> None:
    found = _composed(ToldLines(), words=60, judge=_Sure(poor=("The company",)))
    assert len(found) > 1
    assert not any(text.startswith("The company") for text in _texts(found))


def test_what_no_article_has_is_never_printed() -> None:
    found = _composed(ToldLines([FALSE], [FALSE], [FALSE], [FALSE]), words=60, judge=_Sure(poor=OTHERS))
    assert found
    assert FALSE not in _texts(found)
    assert {one.option.origin for one in found} == {"source"}


def test_what_the_judge_doubts_is_not_printed() -> None:
    assert LATER not in _texts(_composed(ToldLines([LATER]), words=45, judge=_Sure(LATER, poor=OTHERS)))


def test_the_true_candidate_is_taken_wherever_it_stands() -> None:
    assert LATER in _texts(_composed(ToldLines([FALSE, LATER]), words=45, judge=_Sure(poor=OTHERS)))


def test_what_the_lines_above_say_is_not_said_again() -> None:
    found = _composed(ToldLines([LATER]), words=45, judge=_Sure(repeats=[LATER], poor=OTHERS))
    assert LATER not in _texts(found)
    said = next(text for text in _texts(_composed(ToldLines(), words=60))[1:])
    assert said not in _texts(_composed(ToldLines(), words=60, judge=_Sure(repeats=[said])))


def test_an_earlier_count_does_not_follow_a_later_one() -> None:
    quake = (
        Article(
            "Northgate Wire", "The death toll rose to 118 on Wednesday after the quake in Calderra.", "Toll at 118"
        ),
        Article(
            "Morning Bugle", "At least 96 people died in the quake in Calderra. Rescuers came from Osterland.", "Quake"
        ),
    )
    story = story_of(quake)
    texts = _texts(composed(story, 60, ToldLines(), Sources.of(story, _Sure())))
    assert any("118" in text for text in texts)
    assert not any("96" in text for text in texts)


def test_no_line_goes_beyond_the_words_asked_for() -> None:
    for words in (15, 20, 30, 60):
        found = _composed(ToldLines([LATER]), words=words, judge=_Sure(poor=OTHERS))
        assert sum(one.option.analysis.size for one in found) <= words + max(words / 10, 10)


def test_a_planned_sentence_that_leans_on_its_article_does_not_stand_in() -> None:
    texts = _texts(_composed(ToldLines(), words=120))
    assert texts
    assert not any(text.startswith(("He ", "She ", "It ", "They ")) for text in texts)


def test_a_surname_gets_its_person_where_nobody_introduced_it() -> None:
    texts = _texts(_composed(ToldLines(), words=120, judge=_Sure(poor=("A state mediator",))))
    (place,) = [n for n, text in enumerate(texts) if "harbour pilots" in text]
    assert "Ingrid Falk" in " ".join(texts[: place + 1])


def test_without_a_reader_of_lines_what_is_true_and_new_stands() -> None:
    class Judging:
        def entailment(self, pairs: Sequence[Pair]) -> list[Entailment]:
            return _Sure().entailment(pairs)

    assert len(_composed(ToldLines(), words=60, judge=Judging())) > 1
