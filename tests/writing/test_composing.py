"""A brief written line by line: what is true, new and understood stands; else a planned sentence, or nothing.

The writer is scripted; the rules alone decide, unless a test brings a judge.
"""

from collections.abc import Sequence

from analysed import story_of
from scripted import ToldLines

from newsum import Article
from newsum.judging import Entailment, Judge, Pair
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
LATER = "Two sailings a day will carry medicine and food to St. Orrin under an exemption."


class _Sure:
    """A judge that finds everything entailed by reports, and nothing said by the lines above, but what it is told."""

    def __init__(self, *doubted: str, repeats: Sequence[str] = ()) -> None:
        self._doubted, self._repeats = doubted, repeats

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


def test_a_true_line_opens_the_brief_and_the_next_is_asked_for_with_it_told() -> None:
    writer = ToldLines([TRUE], [LATER])
    found = _composed(writer)
    assert _texts(found) == [TRUE, LATER]
    assert [one.option.origin for one in found] == ["model", "model"]
    assert [told for _, told in writer.asked] == [(), (TRUE,)]


def test_the_opening_is_written_from_all_titles_and_the_rest_from_what_is_to_be_said() -> None:
    writer = ToldLines([TRUE], [LATER])
    _composed(writer)
    (opening, _), (later, _) = writer.asked
    assert {outlet for outlet, _ in opening} == {"Northgate Wire", "Channel Meridian"}
    assert all(any(article.title in text for _, text in opening) for article in FERRY)
    assert 1 <= len(later) <= 3


def test_what_no_article_has_is_never_printed() -> None:
    found = _composed(ToldLines([FALSE], [FALSE], [FALSE], [FALSE]))
    assert found
    assert FALSE not in _texts(found)
    assert {one.option.origin for one in found} == {"source"}


def test_what_the_judge_doubts_is_not_printed() -> None:
    assert TRUE not in _texts(_composed(ToldLines([TRUE]), judge=_Sure(TRUE)))


def test_the_true_candidate_is_taken_wherever_it_stands() -> None:
    assert _texts(_composed(ToldLines([FALSE, TRUE])))[0] == TRUE


def test_what_the_lines_above_say_is_not_said_again() -> None:
    again = "Most services were halted as crews at Alden Sound Ferries walked out on Tuesday."
    found = _composed(ToldLines([TRUE], [again]), judge=_Sure(repeats=[again]))
    assert again not in _texts(found)


def test_no_line_goes_beyond_the_words_asked_for() -> None:
    for words in (15, 20, 30, 60):
        found = _composed(ToldLines([TRUE], [LATER]), words=words)
        assert sum(one.option.analysis.size for one in found) <= words + max(words / 10, 10)


def test_a_planned_sentence_that_leans_on_its_article_does_not_stand_in() -> None:
    texts = _texts(_composed(ToldLines(), words=120))
    assert texts
    assert not any(text.startswith(("He ", "She ", "It ", "They ")) for text in texts)


def test_a_surname_gets_its_person_where_nobody_introduced_it() -> None:
    line = "Falk settled the strike of the harbour pilots last year, before this one."
    story = story_of(FERRY)
    writer = ToldLines([TRUE], [line.replace(", before this one", "")])
    found = composed(story, 60, writer, Sources.of(story, _Sure()))
    settled = [text for text in _texts(found) if "harbour pilots" in text]
    assert all("Ingrid Falk" in text for text in settled)
    assert settled


def test_a_story_in_another_language_is_not_written() -> None:
    text = (
        "Die Besatzungen der Fähren legten am Dienstag die Arbeit nieder, weil sie nachts länger arbeiten sollen. Die "
        "Reederei strich am ersten Tag des Streiks 62 Fahrten. Der Streik soll nach Angaben der Gewerkschaft drei Tage "
        "dauern."
    )
    story = story_of([Article("Hafenblatt", text), Article("Inselbote", text.replace("62", "61"))])
    writer = ToldLines([TRUE])
    composed(story, 30, writer, Sources.of(story, None))
    assert writer.asked == []
