"""The bundled judge's model reads lines as an editor does; what is no table of marks is refused."""

import shutil
from pathlib import Path

import pytest

from newsum.errors import CheckpointError, SettingsError
from newsum.judging import LanguageJudge
from newsum.judging.folders import BUNDLED, read_folder
from newsum.judging.marking import Marks, marker_of

TOLD = (
    "Ferry crews begin three-day strike over night rosters. Crews at Alden Sound Ferries walked out on Tuesday over "
    "night rosters, halting most services to the six islands."
)
GOOD = "Alden Sound Ferries said that it had cancelled 62 of the 70 sailings planned for Tuesday."
LEANING = "He also told them that this was why the others had refused it."
REPEATED = "Crews at Alden Sound Ferries walked out over night rosters on Tuesday."


@pytest.fixture(scope="module")
def judge() -> LanguageJudge:
    return LanguageJudge()


def test_what_an_editor_would_print_is_marked_above_what_leans_or_is_told(judge: LanguageJudge) -> None:
    good, leaning, repeated = judge.marks(TOLD, [GOOD, LEANING, REPEATED])
    assert good.prints > leaning.prints
    assert good.follows > max(leaning.follows, repeated.follows)


def test_the_event_opens_better_than_its_scene(judge: LanguageJudge) -> None:
    told = "Ferry crews begin three-day strike over night rosters. Islands cut off as crews strike."
    event, scene = judge.marks(
        told,
        [
            "Crews at Alden Sound Ferries walked out on Tuesday over night rosters, halting most services.",
            "It was still dark when Ragna Tveit stood alone on the quay with a thermos in her hand.",
        ],
    )
    assert event.opens > scene.opens + 0.2


def test_marks_are_the_same_alone_and_among_others_and_leave_the_judgement_alone(judge: LanguageJudge) -> None:
    pairs = [(TOLD, GOOD), (TOLD, REPEATED)]
    before = judge.entailment(pairs)
    lines = [GOOD, LEANING, REPEATED, GOOD]
    together = judge.marks(TOLD, lines)
    assert together == [judge.marks(TOLD, [line])[0] for line in lines]
    assert judge.entailment(pairs) == before


def test_long_texts_are_cut_and_no_line_gives_no_mark(judge: LanguageJudge) -> None:
    (long,) = judge.marks(f"{TOLD} " * 60, [GOOD * 60])
    assert isinstance(long, Marks)
    assert judge.marks(TOLD, []) == []


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUNDLED, tmp_path / "judge"))


def test_a_judge_without_the_table_judges_and_reads_no_lines(copied: Path, judge: LanguageJudge) -> None:
    (copied / "marks.json").unlink()
    plain = LanguageJudge(copied)
    assert (marker_of(plain), marker_of(judge), marker_of(None)) == (None, judge, None)
    assert plain.revision != judge.revision
    assert plain.entailment([(TOLD, REPEATED)]) == judge.entailment([(TOLD, REPEATED)])
    with pytest.raises(SettingsError, match=r"reads no lines: it has no marks\.json"):
        plain.marks(TOLD, [GOOD])


@pytest.mark.parametrize(
    "text",
    ["", "[1]", "{}", '{"opens": {"weights": [1], "constant": 0}}', "NaN", '{"opens": 1, "follows": 1, "prints": 1}'],
)
def test_a_table_that_holds_no_marks_is_refused_by_its_name(text: str, copied: Path) -> None:
    (copied / "marks.json").write_text(text, encoding="utf-8")
    with pytest.raises(CheckpointError, match=r"marks\.json holds no marks of lines"):
        read_folder(copied)
