"""The splitter: exact offsets whatever comes in, and news English split as a reader would."""

import json
import os
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsum.articles import Article
from newsum.text.sentences import sentences, split
from recipes import punkt


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "written",
    [
        "The U.S. Senate voted. | The U.S. economy grew. | It left the U.S. | The end.",
        "Sen. Jo Day spoke. | Lt. Gov. Al Green did not. | Rep. Ann Lee (D-Calif.) left.",
        "No. 10 denied it. | Nos. 3 and 4 did not.",
        "It opened at 9 a.m. on Monday. | It closed at 5 p.m. | The doors were locked.",
        "Mr. Will Gray met Dr. Rose Bell. | Mrs. May came with Ms. Young.",
        "They met in Erie, Pa. on Monday. | They met in Media, Va. | The town was quiet.",
        "St. Louis won. | He moved to St. Paul, Minn., in May.",
        "Shares of Apple Inc. rose. | Exxon Mobil Corp. said so. | Acme Ltd. fell.",
        "On Jan. 5 it rained. | On Sept. 11, 2001, it did not.",
        "John F. Kennedy spoke. | George W. Bush listened. | J.K. Rowling wrote.",
        "Samuel L. Jackson and J. R. R. Tolkien met. | They agreed.",
        "It cost $1.2bn. | Growth was 3.5 percent. | It made £4.5m.",
        "Use a source, e.g. a paper. | Or ask, i.e. write. | They did.",
        "Rates vs. prices: a fight. | Smith v. Jones was decided. | It was close.",
        "He lives in Washington, D.C. | The city is warm.",
        "John Smith Jr. won. | He thanked Martin Luther King Jr. and left.",
        "Police named John T. Earnest. | Byron R. White's seat was Ginsburg's. | Nobody won.",
        "It was Plan B. | The plan failed.",
        "He takes Part D. | He pays for it. | They read Malcolm X. | Others did not.",
        "I wonder ... well, no. | That was it... | The end.",
        "Yahoo! is a company. | Who knew? | Nobody!",
    ],
)
def test_abbreviations_and_numbers_end_a_sentence_only_where_it_ends(written: str) -> None:
    expected = written.split(" | ")
    assert parts(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "written",
    [
        "“We are ready.” | He left.",
        '"We are ready." | He left. | "They are not."',
        "“Is it true?” she asked. | “No!” he said.",
        "“Is it true?” Smith said. | He knew.",
        "'Is it?' he asked. | 'It is.' | She laughed.",
        "(He was late.) | She was not.",
        "He said (it was late!) that he knew. | She slept.",
        "It rained.[1] | It snowed.[23]",
        "She said: “Go. | Now.” | They went.",
        "“We call B.S.” | Day stood by the door.",
        "“If they can’t do it...” Smith said. | He stopped.",
        "It ended at 5 p.m. | “It is over,” she said.",
        "“He ran the U.S. economy.” | He left. | “She runs the U.S. economy.” | She stayed.",
        "“Come on. ... | Watch out.” | He did. | “We tried … and failed.”",
    ],
)
def test_closing_quotes_stay_with_their_sentence(written: str) -> None:
    expected = written.split(" | ")
    assert parts(" ".join(expected)) == expected


def test_a_full_stop_glued_to_the_next_sentence_is_a_boundary() -> None:
    assert parts("The war has ended.The next talks start in May.") == [
        "The war has ended.",
        "The next talks start in May.",
    ]
    assert parts("He was in office until 2015.Smith took over.") == ["He was in office until 2015.", "Smith took over."]
    assert parts("“It has ended.”The next talks start.") == ["“It has ended.”", "The next talks start."]


def test_a_straight_quote_glued_on_both_sides_closes_only_what_was_opened() -> None:
    assert parts('He said: "It has ended."The talks start.') == ['He said: "It has ended."', "The talks start."]
    assert parts('It has ended."The talks start," he said.') == ['It has ended."The talks start," he said.']


@pytest.mark.parametrize("word", ["example.com", "Amazon.Com", "Node.js", "u.s.a", "@A.Person", "www.Bbc.Com/News"])
def test_a_stop_inside_an_address_or_name_is_not_a_boundary(word: str) -> None:
    assert parts(f"See {word} for more.") == [f"See {word} for more."]


def test_headings_bylines_and_list_items_are_sentences_of_their_own() -> None:
    text = "Treaty signed in Geneva\nBy Jo Day\n\nGENEVA - It was signed. All agreed.\n- one point\n- another point\n"
    assert parts(text) == [
        "Treaty signed in Geneva",
        "By Jo Day",
        "GENEVA - It was signed.",
        "All agreed.",
        "- one point",
        "- another point",
    ]


def test_a_list_number_stays_with_its_item() -> None:
    assert parts("1. Open the door.\n2. Close it. Lock it.") == ["1. Open the door.", "2. Close it.", "Lock it."]


WRAPPED = """\
Negotiators from four countries signed a treaty on water in Geneva on
Tuesday after talks that had lasted for six years. The chief negotiator
called it a good day for everyone who lives along the river.

Not everyone was pleased. Farmers who live near the mouth of the
river said that it would leave them short of water."""


def test_hard_wrapped_lines_are_joined_and_blank_lines_are_not() -> None:
    assert [part.replace("\n", " ") for part in parts(WRAPPED)] == [
        "Negotiators from four countries signed a treaty on water in Geneva on Tuesday after talks that had lasted "
        "for six years.",
        "The chief negotiator called it a good day for everyone who lives along the river.",
        "Not everyone was pleased.",
        "Farmers who live near the mouth of the river said that it would leave them short of water.",
    ]


def test_a_heading_above_a_wrapped_paragraph_is_not_joined_to_it() -> None:
    assert parts("Treaty signed\n" + WRAPPED)[0] == "Treaty signed"


def test_windows_line_ends_are_line_ends() -> None:
    assert parts("Treaty signed\r\nBy Jo Day\r\n\r\nIt rained.") == ["Treaty signed", "By Jo Day", "It rained."]
    assert len(parts(WRAPPED.replace("\n", "\r\n"))) == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t ", []),
        ("Word", ["Word"]),
        ("...", ["..."]),
        ("It ended." + 500 * " " + "The rain stopped.", ["It ended.", "The rain stopped."]),
        ("Well" + 1_500 * "." + " The rain stopped.", ["Well" + 1_500 * ".", "The rain stopped."]),
        ("MR. DAY LEFT THE U.S. SENATE. HE WAS TIRED.", ["MR. DAY LEFT THE U.S. SENATE.", "HE WAS TIRED."]),
        ("We won! 🎉🎉 Thank you. 👍", ["We won!", "🎉🎉 Thank you.", "👍"]),
        ("هل انتهت الحرب؟ نعم. انتهت اليوم.", ["هل انتهت الحرب؟", "نعم.", "انتهت اليوم."]),
        (
            "条約が署名された。「良い日だ。」川の人々は喜んだ！本当？",
            ["条約が署名された。", "「良い日だ。」", "川の人々は喜んだ！", "本当？"],
        ),
        ("Это конец. Вопрос решён.", ["Это конец.", "Вопрос решён."]),
    ],
)
def test_unusual_texts_are_split_without_loss(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(list('aB1 .!?\n\r\t"“”’()[]…。:-*’ЖÉ\u2028\u200f🎉')) | st.characters(), max_size=200))
def test_spans_are_sorted_disjoint_stripped_and_cover_the_text(text: str) -> None:
    spans = split(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(part == part.strip() for part in parts(text))
    assert "".join("".join(parts(text)).split()) == "".join(text.split())


PIECES = ["Mr.", "U.S.", "The", "the", "“No.”", "said", "ended.The", "5", "p.m.", "?", "!", "...", "\n", "\n\n"]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from("Mr. U.S. The the Jo “No.” said ended.The 5 p.m. ? ! ... \n \n\n".split(" ")), max_size=40)
)
def test_splitting_twice_gives_the_same_and_the_text_is_unchanged(words: list[str]) -> None:
    text = " ".join(words)
    assert split(text) == split(text)
    assert "".join("".join(parts(text)).split()) == "".join(text.split())


def test_sentences_are_views_into_the_article() -> None:
    article = Article("BBC", "It rained. It snowed.", title="Weather. Bad weather.")
    assert [sentence.text for sentence in sentences(article)] == ["It rained.", "It snowed."]
    assert all(sentence.article is article for sentence in sentences(article))


@pytest.mark.parametrize("piece", ["word ", "Mr. ", "word", ".", '."', ". ", "A.", "word\n", "a.B", '"'])
def test_a_text_without_structure_takes_time_in_proportion_to_its_length(piece: str) -> None:
    split("Warm. Up.")
    began = time.process_time()
    spans = split(piece * (200_000 // len(piece)))
    assert spans[-1][1] <= 200_000
    assert time.process_time() - began < 5  # 0.5 s; a quadratic way takes minutes


def test_importing_the_splitter_loads_no_nltk() -> None:
    code = "import sys, newsum.text.sentences; print('nltk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_training_finds_abbreviations_and_saves_the_same_bytes_each_time(tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    row = "Mr. Xu met Mrs. Ode at {} p.m. on Monday. They ate what was good and paid. He paid and ate. It was good."
    rows = [row.format(n) for n in range(60)]
    texts.write_text("".join(json.dumps({"text": row}) + "\n" for row in rows))
    for name in ("one", "two"):
        punkt.main([str(texts), "--out", str(tmp_path / name)])
    saved = [{file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert saved[0] == saved[1]
    assert sorted(saved[0]) == ["abbrev_types.txt", "collocations.tab", "ortho_context.tab", "sent_starters.txt"]
    assert saved[0]["abbrev_types.txt"].decode().split("\n") == ["mr", "mrs", "p.m"]


def test_the_shipped_parameters_are_small_and_hold_words_only() -> None:
    folder = Path(__file__).parents[2] / "newsum" / "text" / "punkt_parameters"
    files = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    assert sum(len(text.encode()) for text in files.values()) < 500_000
    assert {"mr", "u.s", "p.m", "d-calif", "inc"} <= set(files["abbrev_types.txt"].split("\n"))
    assert all(" " not in line for text in files.values() for line in text.split("\n"))


def test_the_benchmark_says_that_it_is_skipped_where_there_is_no_data(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.sentences"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "NEWSUM_DATA": str(tmp_path / "absent")},
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stdout.split(":")[0]) == (0, "skipped")


# Titles and ranks of police, army, navy, air force, church, law, councils, parliaments, universities and courtesy
TITLES = """Det. Insp. Cllr. Amb. Asst. Msgr. Ald. Spc. Flt. Const. Mlle. Dep. Treas. Comm. Ens. Cdr. Sqn. Supt. Atty.
Adm. Brig. Capt. Cpl. Pte. Pvt. Pfc. Sgt. Lt. Maj. Gen. Cmdr. Comdr. Cmdt. Commr. Gnr. Tpr. Spr. Bdr. Fus. Cfn. Wg. Gp.
Ldr. Cdre. Hon. Rev. Revd. Ven. Bp. Abp. Fr. Bro. Sr. Card. Rabb. Sen. Rep. Gov. Pres. Prem. Min. Sec. Secy. Chanc.
Chmn. Dir. Prof. Assoc. Drs. Dr. Mr. Mrs. Ms. Mx. Mme. Messrs. Sra. Srta. Esq. Engr. Adv. Ofc. Agt. Shf. Insp. Sol. Ch.
Sens. Reps. Govs. Gens. Profs. Capts. Sgts. Lts. Dets. Cllrs. Revs. Assemb. Coun. Del. Cong. Dpty. Mgr. Cmdre. Midn. Wo.
Cwo. Cpo. Ssgt. Tsgt. Msgt. Sfc. Amn. Lcpl. Visc. Bt. Jus. Mag.""".split()


@pytest.mark.parametrize("title", TITLES)
def test_no_title_or_rank_ends_a_sentence_before_a_name(title: str) -> None:
    for text in (
        f"Police said that {title} Holm spoke.",
        f"{title} Ada Holm spoke.",
        f"It was led by {title} Sam Oru.",
    ):
        assert parts(f"{text} It rained.") == [text, "It rained."]


@pytest.mark.parametrize(
    "text",
    [
        "Two men were held, Det. Ch. Insp. Mara Vell said.",
        "Flt. Lt. Jo Day and Wg. Cdr. Sam Oru flew it.",
        "It was signed by Maj. Gen. Lou Kray and Rear Adm. Bo Lind.",
        "The Rt. Hon. Ada Holm and the Very Rev. Al Moor met.",
        "Dep. Asst. Atty. Gen. Ann Lee left.",
        "He thanked Lance Cpl. Moor, Staff Sgt. Lee and 1st Lt. Day.",
        "Ask Assoc. Prof. Dr. Rose Bell.",
        "Sqn. Ldr. (Ret.) Jo Day was there.",
    ],
)
def test_titles_in_a_row_belong_to_one_sentence(text: str) -> None:
    assert parts(f"{text} They agreed.") == [text, "They agreed."]


@pytest.mark.parametrize(
    "written",
    [
        "He met the min. | The talks failed.",
        "It is run by the dept. of health. | Nobody knew.",
        "They sang in a choir. | Director Holm left.",
        "She asked for the sec. | It was late.",
    ],
)
def test_a_word_in_lower_case_that_looks_like_a_title_may_end_a_sentence(written: str) -> None:
    assert len(parts(written.replace(" | ", " "))) == 2


@pytest.mark.parametrize(
    ("text", "at_spaces"),
    [
        ("and so on " * 900, True),
        ("x" * 9_000, False),
        ("“" * 4_500 + " it fell", False),
        ("a, b; " * 1_000 + "end.", True),
    ],
)
def test_a_sentence_without_end_comes_in_parts_that_hold_all_of_it(text: str, at_spaces: bool) -> None:
    found = parts(text)
    assert max(map(len, found)) <= 2_000
    assert (" " if at_spaces else "").join(found).replace(" ", "") == text.replace(" ", "")
    assert not at_spaces or " ".join(found) == text.strip()
