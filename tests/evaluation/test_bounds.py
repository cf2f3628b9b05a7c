"""Whatever evaluate is given, it is one clear error or a score."""

import gzip
import json
import os
from pathlib import Path

import pytest
from extras import need

from newsum.errors import NewsumError, ReadingError, SettingsError
from newsum.evaluation import evaluate

ODD = (None, True, False, 0, -1, 1.5, float("nan"), 10**30, "", "x", b"x", [], [[]], {}, (), object(), "maximum")
OPTIONS = (
    "stories",
    "credits",
    "words",
    "multiple",
    "empty",
    "prediction_column",
    "reference_column",
    "seed",
    "samples",
    "processes",
)


@pytest.mark.parametrize("option", OPTIONS)
def test_an_odd_option_is_one_error_that_names_it_or_is_heeded(option: str) -> None:
    refused = []
    for value in ODD:
        try:
            assert evaluate(["It fell."], ["It fell."], **{option: value})["rouge1"].mid == 1.0
        except NewsumError as error:
            refused.append(str(error))
    assert len(refused) >= 9
    assert [message for message in refused if "\n" in message or len(message) > 300] == []


@pytest.mark.parametrize(
    "value", [*ODD, [None], [5], [b"x"], [{}], [{"text": None}], [float("nan")], [["a", 5]], [object()]]
)
def test_odd_predictions_and_references_are_one_error_each(value: object) -> None:
    for predictions, references in ((value, ["It fell."]), (["It fell."], value)):
        with pytest.raises(NewsumError):
            evaluate(predictions, references)


@pytest.mark.parametrize("suffix", ["jsonl.gz", "json.gz", "csv.gz", "txt.gz", "tsv.gz"])
@pytest.mark.parametrize("damage", ["cut", "bomb", "noise", "empty", "plain"])
def test_damaged_and_huge_gzip_is_one_error(
    tmp_path: Path, suffix: str, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsum.evaluation.inputs.MANY_ARTICLES", 1_000_000)
    whole = gzip.compress(b'{"prediction": "It fell."}\n' * 50)
    data = {
        "cut": whole[:-12],
        "bomb": gzip.compress(bytes(3_000_000)),
        "noise": b"\x1f\x8b" + bytes(range(256)),
        "empty": b"",
        "plain": b"It fell.",
    }[damage]
    (tmp_path / f"p.{suffix}").write_bytes(data)
    with pytest.raises((ReadingError, SettingsError)) as error:
        evaluate(tmp_path / f"p.{suffix}", ["It fell."])
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["pipe.jsonl", "loop.jsonl", "zero.txt", "zero.parquet", "~nosuchuser/p.txt"])
def test_pipes_devices_and_links_in_a_circle_are_one_error(tmp_path: Path, name: str) -> None:
    if name == "zero.parquet":
        need("datasets")
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "loop.jsonl").symlink_to(tmp_path / "loop.jsonl")
    for zero in ("zero.txt", "zero.parquet"):
        (tmp_path / zero).symlink_to("/dev/zero")
    with pytest.raises(ReadingError):
        evaluate(name if name[0] == "~" else tmp_path / name, ["It fell."])


def test_texts_too_long_for_rouge_are_refused_at_once() -> None:
    with pytest.raises(SettingsError, match=r"story 1 has a prediction of 9,000 words and references of 9,000"):
        evaluate(["so " * 9_000], ["so " * 9_000])


@pytest.mark.parametrize("name", ["a\nb", "a\r\nb", "a\u2028b", "a\x0bb"])
def test_an_error_is_one_row_whatever_the_names_that_it_quotes_hold(tmp_path: Path, name: str) -> None:
    (tmp_path / "p.jsonl").write_text(json.dumps({name: "It fell."}) + "\n")
    for use in (
        lambda: evaluate(tmp_path / "p.jsonl", ["It fell."]),
        lambda: evaluate(tmp_path / name, ["It fell."]),
        lambda: evaluate([{"text": "It fell."}], ["It fell."], prediction_column=name),
        lambda: evaluate(["It fell."], ["It fell."], multiple=name),
    ):
        with pytest.raises(NewsumError) as error:
            use()
        assert len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize("pattern", ["桥", "ก", "a-", "é7", "a/b,", "あい", "7 ", "\u0e01\u0e34"])
def test_texts_of_more_words_than_can_be_compared_are_refused_however_words_are_told(pattern: str) -> None:
    text = pattern * (40_000 // len(pattern))
    with pytest.raises(SettingsError, match="too many for ROUGE"):
        evaluate([text], [text])
    assert evaluate([text[:1_000]], [text[:1_000]])["rouge1"].mid == 1.0


@pytest.mark.parametrize("pattern", ["桥。", "a\n", "Fell. ", "No! "])
def test_texts_of_more_sentences_than_can_be_compared_are_refused_too(pattern: str) -> None:
    with pytest.raises(SettingsError, match=r"a prediction of 2,\d\d\d sentences"):
        evaluate([pattern * 2_000], [pattern * 2_000])
    with pytest.raises(SettingsError, match="references of"):
        evaluate([pattern * 1_000], [[pattern * 1_000, pattern * 1_000, pattern * 1_000]])
