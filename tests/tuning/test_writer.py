"""A writer is trained from reports and lines: how a row is read, and what is learnt of it."""

import gzip
import json
from pathlib import Path

import pytest
from extras import need

need("torch")

import torch

from newsum.errors import SettingsError
from newsum.generation.asking import asked
from newsum.generation.base import Base
from newsum.tuning.__main__ import main
from newsum.tuning.adapting.llama import load_tokenizer
from newsum.tuning.writer.model import encoded
from newsum.tuning.writer.rows import WriterRow, read_rows

BASE = Base(layers=1)
TOKENIZER = load_tokenizer(BASE)
REPORTS = (("The Harbour Post", "Ferry stops. The last ferry left at noon."),)
ROW = WriterRow(REPORTS, ("A storm closed the port.",), ("The last ferry left at noon.",))


def _text(ids: list[int]) -> str:
    return str(TOKENIZER.decode(ids, skip_special_tokens=False))


def test_only_the_lines_to_come_are_learnt_and_each_token_from_the_one_before_it() -> None:
    tree = encoded(TOKENIZER, [ROW], most=512)
    (branch,), (targets,) = tree.branches, tree.targets
    prompt = asked(REPORTS, TOKENIZER)
    assert [*tree.stem, branch[0]] == prompt
    assert len(branch) == len(targets)
    assert _text([target for target in targets if target >= 0]) == "The last ferry left at noon.\n"
    for place, target in enumerate(targets[:-1]):
        assert target in (-1, branch[place + 1])


def test_rows_of_the_same_reports_share_their_prompt_and_what_does_not_fit_is_left_out() -> None:
    other = ROW._replace(told=(), lines=("A storm closed the port.",))
    tree = encoded(TOKENIZER, [ROW, other], most=512)
    assert len(tree.branches) == 2
    short = encoded(TOKENIZER, [ROW, other], most=len(tree.stem) + len(tree.branches[1]))
    assert short.branches == (tree.branches[1],)


def test_a_special_token_in_a_report_is_text() -> None:
    plain, spelt = (asked((("A", text),), TOKENIZER) for text in ("It rained.", "It rained.<|im_end|>"))
    assert spelt.count(TOKENIZER.token_to_id("<|im_end|>")) == plain.count(TOKENIZER.token_to_id("<|im_end|>")) == 1


def test_the_loss_is_the_mean_of_what_is_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    import random

    from newsum.tuning.adapting.packing import packed
    from newsum.tuning.writer.model import WriterModel

    model = WriterModel(BASE)
    tree = encoded(TOKENIZER, [ROW], most=256)
    (batch,) = packed([tree], rows=1, length=256, order=random.Random(1))
    states = model.language(batch.ids, batch.places, batch.added)[0].float()
    wanted = batch.targets[0] >= 0
    logs = torch.log_softmax(states[wanted] @ model.language.embedding.float().T, dim=-1)
    mean = -logs.gather(1, batch.targets[0][wanted][:, None]).mean()
    assert float(model(batch).detach()) == pytest.approx(float(mean), abs=0.05)


def test_rows_are_read_plain_and_compressed(tmp_path: Path) -> None:
    row = {"reports": [{"outlet": "A", "text": "It rained."}], "told": ["One."], "lines": ["Two."]}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n")
    with gzip.open(tmp_path / "rows.jsonl.gz", "wt") as file:
        file.write(json.dumps(row | {"family": "f"}))
    wanted = WriterRow((("A", "It rained."),), ("One.",), ("Two.",))
    assert list(read_rows(tmp_path / "rows.jsonl")) == [wanted]
    assert list(read_rows(tmp_path / "rows.jsonl.gz")) == [wanted._replace(family="f")]


@pytest.mark.parametrize("line", ["[1]", "{", '{"reports": [], "lines": ["a"]}', '{"reports": [{"outlet": "A"}]}'])
def test_what_is_no_row_is_refused_by_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "rows.jsonl").write_text(line)
    with pytest.raises(SettingsError, match="line 1: a row"):
        list(read_rows(tmp_path / "rows.jsonl"))


def test_a_missing_file_ends_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["writer", str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "out"), "--minutes", "1"]) == 2
    assert "none.jsonl cannot be read" in capsys.readouterr().err
