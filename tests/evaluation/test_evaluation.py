"""`evaluate` from end to end: forms of input, settings, results, and what is said about wrong input."""

import csv
import gzip
import json

import pytest
from extras import need

from newsum.articles import Article, Story
from newsum.errors import ReadingError, SettingsError
from newsum.evaluation import evaluate
from newsum.evaluation.baselines import lead, lead_in_turn

PREDICTIONS = ["A treaty was signed.", "Ferries stood still for three days."]
REFERENCES = [["They signed a treaty.", "A treaty was signed."], ["Crews walked out for three days."]]
STORIES = [
    Story((Article("Wire", "A treaty was signed. Gas will flow."), Article("Courier", "They signed a treaty.")), "one"),
    Story((Article("Wire", "Ferries stood still for three days."), Article("Ledger", "Crews walked out.")), "two"),
]


def rouge1(predictions, references=REFERENCES, **options):
    return [row["rouge1"] for row in evaluate(predictions, references, samples=20, **options).table]


EXPECTED = [1.0, 0.5]  # second: for, three, days of six words each


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def references(tmp_path):
    return write(tmp_path / "references.jsonl", [{"references": r} for r in REFERENCES])


def test_strings_are_scored_story_by_story():
    scores = evaluate(PREDICTIONS, REFERENCES)
    assert [row["rouge1"] for row in scores.table] == EXPECTED
    assert scores["rouge1"].mid == 0.75
    assert 0.5 <= scores["rouge1"].low <= scores["rouge1"].mid <= scores["rouge1"].high <= 1.0
    assert scores["rouge1"].stories == 2
    assert scores.stories == ("1", "2")


def test_one_string_a_story_serves_as_references():
    assert rouge1(PREDICTIONS, ["A treaty was signed.", "Crews walked out for three days."]) == EXPECTED


def test_the_result_says_how_several_references_counted():
    assert evaluate(PREDICTIONS, REFERENCES).settings["multiple"] == "max"
    scores = evaluate(PREDICTIONS, REFERENCES, multiple="mean")
    assert scores.settings["multiple"] == "mean"
    assert scores.table[0]["rouge1"] == pytest.approx((1 + 3 / 4) / 2)
    assert "mean over references" in str(scores)


def test_a_seed_fixes_every_digit():
    first, again = (evaluate(PREDICTIONS, REFERENCES, seed=4).to_dict() for _ in range(2))
    assert first == again
    assert first["settings"]["seed"] == 4


def test_only_the_lines_of_a_summary_are_scored():
    summaries = [lead(story, words=4) for story in STORIES]
    scores = evaluate(summaries, REFERENCES, stories=STORIES, words=4)
    assert [row["rouge1"] for row in scores.table] == EXPECTED
    assert scores.stories == ("one", "two")
    assert scores["supported"].mid == 1.0
    assert scores["length"].mid == pytest.approx((4 / 4 + 6 / 4) / 2)
    assert scores["novelty1"].mid == 0.0
    assert scores["balance"].mid == 0.0


def test_known_credits_give_precision_recall_and_exact_set():
    summaries = [lead_in_turn(story, words=20) for story in STORIES]
    credits = [[{"Wire"}, {"Courier"}, {"Wire", "Courier"}], [{"Wire"}, {"Ledger"}]]
    scores = evaluate(summaries, REFERENCES, credits=credits)
    assert scores["attribution_exact"].mid == pytest.approx(4 / 5)  # over lines, not stories
    assert scores["attribution_recall"].mid == pytest.approx((4 + 1 / 2) / 5)
    assert scores["attribution_precision"].mid == 1.0


def test_known_credits_need_a_summary():
    with pytest.raises(
        SettingsError, match=r"the credits of story 1 need a Summary, not text; make one with newsum\.attribute"
    ):
        evaluate(PREDICTIONS, REFERENCES, credits=[[{"Wire"}], [{"Wire"}]])


def test_a_length_asked_for_is_read_from_newsums_own_provenance():
    from dataclasses import replace

    summary = replace(lead(STORIES[0], words=4), provenance={"settings": {"words": 8}})
    assert evaluate([summary], [REFERENCES[0]])["length"].mid == 0.5


@pytest.mark.parametrize("suffix", ["jsonl", "jsonl.gz", "csv", "tsv", "json", "parquet", "txt"])
def test_predictions_are_read_from_files(tmp_path, references, suffix):
    path = tmp_path / f"predictions.{suffix}"
    rows = [{"id": n, "prediction": text} for n, text in enumerate(PREDICTIONS)]
    match suffix:
        case "jsonl":
            write(path, rows)
        case "jsonl.gz":
            path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
        case "csv" | "tsv":
            with path.open("w", newline="") as file:
                writer = csv.DictWriter(file, ["id", "prediction"], delimiter="\t" if suffix == "tsv" else ",")
                writer.writeheader()
                writer.writerows(rows)
        case "json":
            path.write_text(json.dumps(rows))
        case "parquet":
            need("datasets")
            import pyarrow
            import pyarrow.parquet

            pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path)
        case "txt":
            path.write_text("\n".join(PREDICTIONS) + "\n")
    assert rouge1(path, references) == EXPECTED
    assert rouge1(str(path), references) == EXPECTED


def test_references_in_a_parquet_file_may_be_lists(tmp_path):
    need("datasets")
    import pyarrow
    import pyarrow.parquet

    path = tmp_path / "references.parquet"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([{"references": r} for r in REFERENCES]), path)
    assert rouge1(PREDICTIONS, path) == EXPECTED


def test_a_folder_of_briefs_is_matched_to_references_by_name(tmp_path):
    folder = tmp_path / "briefs"
    folder.mkdir()
    (folder / "b.txt").write_text(PREDICTIONS[0])
    (folder / "a.json").write_text(lead(STORIES[1], words=4).to_json().replace('"two"', '"a"'))
    path = write(
        tmp_path / "r.jsonl", [{"id": "b", "reference": REFERENCES[0]}, {"id": "a", "reference": REFERENCES[1]}]
    )
    scores = evaluate(folder, path)
    assert [(row["story"], row["rouge1"]) for row in scores.table] == [("a", 0.5), ("b", 1.0)]


def test_stories_in_another_order_are_matched_by_id():
    predictions = [{"id": "x", "prediction": PREDICTIONS[0]}, {"id": "y", "prediction": PREDICTIONS[1]}]
    references = [{"id": "y", "references": REFERENCES[1]}, {"id": "x", "references": REFERENCES[0]}]
    assert rouge1(predictions, references) == EXPECTED


def test_tables_of_datasets_and_pandas_are_read():
    need("datasets")
    from datasets import Dataset

    made = Dataset.from_list(
        [{"summary": text, "reference": r} for text, r in zip(PREDICTIONS, REFERENCES, strict=True)]
    )
    assert rouge1(made, made, reference_column="reference") == EXPECTED
    assert rouge1(made.to_pandas(), made.to_pandas(), reference_column="reference") == EXPECTED
    assert rouge1(made["summary"], made["reference"]) == EXPECTED


def test_the_table_comes_as_pandas_or_datasets_on_request():
    need("datasets")
    scores = evaluate(PREDICTIONS, REFERENCES)
    assert scores.to_pandas()["rouge1"].tolist() == EXPECTED
    assert scores.to_dataset()["story"][:] == ["1", "2"]
    assert json.loads(json.dumps(scores.to_dict()))["table"][0]["rouge1"] == 1.0


def test_two_systems_are_compared_over_the_same_stories():
    better, worse = (evaluate(p, REFERENCES) for p in (PREDICTIONS, ["Nothing.", "Ferries."]))
    found = better.compare(worse)["rouge1"]
    assert found.difference == 0.75
    assert found.low == 0.5
    assert found.high == 1.0
    assert found.p == pytest.approx(0.5, abs=0.05)  # two stories cannot tell more
    with pytest.raises(SettingsError, match="only scores of the same stories can be compared: these are of 2 and 1"):
        better.compare(evaluate(PREDICTIONS[:1], REFERENCES[:1]))


def test_an_empty_prediction_is_named_unless_it_is_to_score_nought():
    with pytest.raises(SettingsError, match=r'^prediction 2 is empty; with empty="zero" it scores 0$'):
        evaluate([PREDICTIONS[0], " "], REFERENCES)
    assert rouge1([PREDICTIONS[0], " "], empty="zero") == [1.0, 0.0]


@pytest.mark.parametrize(
    ("predictions", "references", "options", "message"),
    [
        (
            PREDICTIONS[:1],
            REFERENCES,
            {},
            "every story needs one prediction: predictions given 1, stories with references 2",
        ),
        ([], [], {}, "there are no predictions to evaluate"),
        (PREDICTIONS, [["a"], [["b"]]], {}, "the references of story 2 are nested too deep"),
        (PREDICTIONS, [["a"], []], {}, "story 2 has no reference"),
        (PREDICTIONS, [["a"], ["b", ""]], {}, "story 2 has an empty reference"),
        (PREDICTIONS, [["a"], [3]], {}, "a reference of story 2 must be text, not int"),
        ([None, "a"], REFERENCES, {}, "prediction 1 must be text or a Summary, not NoneType"),
        (PREDICTIONS, REFERENCES, {"multiple": "best"}, "multiple must be 'max' or 'mean', not 'best'"),
        (PREDICTIONS, REFERENCES, {"empty": "skip"}, "empty must be 'raise' or 'zero', not 'skip'"),
        (PREDICTIONS, REFERENCES, {"processes": 0}, "processes must be a whole number of at least 1, not 0"),
        (PREDICTIONS, REFERENCES, {"words": -1}, "words must be a whole number of at least 1, not -1"),
        (PREDICTIONS, REFERENCES, {"stories": STORIES[:1]}, "stories has 1 entries for 2 predictions"),
        (7, REFERENCES, {}, "predictions must be a list, a table or a file's path, not int"),
    ],
)
def test_wrong_input_gets_one_clear_sentence(predictions, references, options, message):
    with pytest.raises(SettingsError) as error:
        evaluate(predictions, references, **options)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_an_id_on_one_side_only_is_named():
    predictions = [{"id": "x", "prediction": "a"}]
    with pytest.raises(SettingsError, match="no reference has the story id of the predictions x"):
        evaluate(predictions, [{"id": "y", "reference": "a"}])


def test_a_missing_file_is_named():
    with pytest.raises(ReadingError, match=r"^there is no file or folder nowhere\.jsonl to read predictions from$"):
        evaluate("nowhere.jsonl", REFERENCES)


def test_an_unknown_column_is_named_with_those_found(tmp_path):
    path = write(tmp_path / "p.jsonl", [{"story": "a", "brief_text": "b"}])
    with pytest.raises(ReadingError, match=r'has no column "output"; its columns are "story", "brief_text"$'):
        evaluate(path, ["x"], prediction_column="output")
    with pytest.raises(ReadingError, match=r'name one of its columns: "story", "brief_text"$'):
        evaluate(path, ["x"])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("p.jsonl", b'{"prediction": "a"}\n{oops\n', "line 2 is not JSON"),
        ("p.parquet", b"not parquet", "is not a Parquet file"),
        ("p.xls", b"x", "predictions are read from .jsonl, .json, .csv, .tsv, .parquet, .txt files and folders"),
        ("p.csv", b"prediction\n\xff\n", "cannot be read"),
        ("p.jsonl.gz", b"not gzip", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, content, message):
    if name == "p.parquet":
        need("datasets")
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadingError) as error:
        evaluate(path, ["x", "y"])
    assert str(path) in str(error.value)
    assert message in str(error.value)


def test_a_malformed_summary_is_named(tmp_path):
    path = write(tmp_path / "p.jsonl", [{"schema": 1, "lines": [{"text": "a"}]}])
    with pytest.raises(ReadingError, match=r"^prediction 1: .*summary"):
        evaluate(path, ["x"])
