"""A judge is trained from pairs, goes on where it stopped, and is read by newsum.judging."""

import gzip
import json
from pathlib import Path

import pytest
from extras import need

need("torch")

import random

import torch

from newsum.errors import SettingsError
from newsum.generation.base import Base
from newsum.judging.folders import BUNDLED, read_folder
from newsum.tuning.__main__ import main
from newsum.tuning.adapting.llama import Llama
from newsum.tuning.adapting.packing import UNSEEN, Tree, packed
from newsum.tuning.judge.exporting import export
from newsum.tuning.judge.model import LAYERS, JudgeModel
from newsum.tuning.judge.rows import Row, read_rows


def test_a_branch_is_read_as_it_would_be_in_a_text_of_its_own() -> None:
    model = Llama(Base(layers=2), frozen=0)
    trees = [Tree((5, 6, 7), ((30, 31), (44,)), ((-1, 0), (1,)), (1.0, 1.0)), Tree((50,), ((300,),), ((2,),), (1.0,))]
    (batch,) = packed(trees, rows=1, length=12, order=random.Random(1))
    found = model(batch.ids, batch.places, batch.added)[batch.targets >= 0]
    wanted = {0: (5, 6, 7, 30, 31), 1: (5, 6, 7, 44), 2: (50, 300)}
    for state, label in zip(found, batch.targets[batch.targets >= 0].tolist(), strict=True):
        text = torch.tensor([wanted[label]])
        unseen = torch.full((text.shape[1], text.shape[1]), UNSEEN).triu(1)[None]
        alone = model(text, torch.arange(text.shape[1])[None], unseen)[0, -1]
        assert torch.allclose(state.float(), alone.float(), atol=0.05)


def test_the_bundled_adapter_read_and_written_again_is_the_same(tmp_path: Path) -> None:
    base = Base(layers=LAYERS)
    model = JudgeModel(base)
    model.start_from(BUNDLED / "adapter.safetensors")
    export(model, base, tmp_path)
    (tmp_path / "marks.json").write_bytes((BUNDLED / "marks.json").read_bytes())
    assert read_folder(tmp_path).revision == read_folder(BUNDLED).revision


def test_rows_are_read_plain_and_compressed(tmp_path: Path) -> None:
    row = {"premise": "It rained.", "hypothesis": "Rain fell.", "label": "entailed"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n\n")
    with gzip.open(tmp_path / "rows.jsonl.gz", "wt") as file:
        file.write(json.dumps(row | {"family": "f"}))
    assert read_rows(tmp_path / "rows.jsonl") == [Row("It rained.", "Rain fell.", "entailed")]
    assert read_rows(tmp_path / "rows.jsonl.gz") == [Row("It rained.", "Rain fell.", "entailed", "f")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[1]", "line 1 is no object"),
        ('{"premise": "a", "hypothesis": "b", "label": "yes"}', "a label is one of entailed"),
        ('{"premise": " ", "hypothesis": "b", "label": "neutral"}', "both texts must say something"),
    ],
)
def test_what_is_no_row_is_refused_by_its_line(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "rows.jsonl").write_text(line)
    with pytest.raises(SettingsError, match=message):
        read_rows(tmp_path / "rows.jsonl")


def test_a_missing_file_and_too_few_rows_end_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text(json.dumps({"premise": "It rained.", "hypothesis": "Rain fell.", "label": "entailed"}))
    for rows, message in ((tmp_path / "none.jsonl", "cannot be read"), (few, "the rows fill no batch")):
        assert main(["judge", str(rows), "--out", str(tmp_path / "out"), "--minutes", "1"]) == 2
        assert message in capsys.readouterr().err
