"""A judge's folder is read whole or refused; its answers do not depend on what is asked beside."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from extras import need

from newsum.errors import CheckpointError, ReadingWarning, SettingsError
from newsum.judging import EncoderJudge, entailment

VOTE = "Seven of the ten councillors voted on Tuesday to close the lighthouse pier, Mayor Ines Roth said."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A judge of a tiny random encoder, exported as a trained one is."""
    need("torch")
    import torch
    import transformers
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    from recipes.judge.exporting import export

    trained = tmp_path_factory.mktemp("trained")
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz0123456789.,-!'"]
    vocabulary = {piece: n for n, piece in enumerate([*pieces, *(f"##{piece}" for piece in pieces[5:])])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.save(str(trained / "tokenizer.json"))
    (trained / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(3)
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    config = transformers.BertConfig(
        vocab_size=len(vocabulary), num_labels=3, initializer_range=0.4, position_embedding_type="absolute", **sizes
    )
    transformers.BertForSequenceClassification(config).save_pretrained(trained)
    out = tmp_path_factory.mktemp("judge")
    export(trained, out)
    return out


@pytest.fixture(scope="module")
def judge(folder: Path) -> EncoderJudge:
    return EncoderJudge(folder)


def test_the_three_numbers_sum_to_one(judge: EncoderJudge) -> None:
    [found] = entailment([(VOTE, "The pier is closed.")], judge)
    assert found.entailed + found.neutral + found.contradicted == pytest.approx(1, abs=1e-6)


def test_an_answer_is_the_same_alone_and_among_others_of_its_length_and_of_other_lengths(judge: EncoderJudge) -> None:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    pairs = [(VOTE.replace("Tuesday", day), f"The vote was on {day}.") for day in days]
    pairs += [(VOTE.replace("Tuesday", day), "The vote was on Friday.") for day in days]
    pairs += [(f"{VOTE} {VOTE}", "Roth spoke."), ("It rained.", "It rained."), *pairs]
    together = entailment(pairs, judge)
    assert together == [entailment([pair], judge)[0] for pair in pairs]
    assert together == entailment(pairs[::-1], judge)[::-1]


def test_threads_do_not_change_an_answer(folder: Path) -> None:
    pairs = [(VOTE, "The pier is closed."), (f"{VOTE} " * 6, "The mayor spoke.")]
    one, two = (EncoderJudge(folder, threads=threads).entailment(pairs) for threads in (1, 2))
    assert one == two


def test_a_premise_longer_than_the_window_loses_sentences_and_says_so(judge: EncoderJudge) -> None:
    filler = " ".join(f"The {n}th ship of the convoy passed the strait without any delay." for n in range(60))
    with pytest.warns(ReadingWarning, match="1 of 1 premises"):
        [found] = entailment([(f"{filler} {VOTE}", "Seven councillors voted to close the pier.")], judge)
    assert found.left_out > 30
    assert found.left_out < 61  # the sentence with most words of the hypothesis is read


@pytest.mark.parametrize(("pair", "which"), [(("", "Rain fell."), "premise"), (("Rain fell.", " \n"), "hypothesis")])
def test_empty_text_is_an_error_that_says_which(pair: tuple[str, str], which: str, judge: EncoderJudge) -> None:
    with pytest.raises(SettingsError, match=f"the {which} of pair 1 is empty"):
        entailment([(VOTE, VOTE), pair], judge)


def test_a_hypothesis_of_more_than_half_the_window_is_an_error(judge: EncoderJudge) -> None:
    with pytest.raises(SettingsError, match="one by one"):
        entailment([(VOTE, f"{VOTE} " * 30)], judge)


@pytest.mark.parametrize("text", ["🙂🙂", "ВСЕ ПРОПИСНЫЕ", "مرحبا بالعالم", "VOTED TO CLOSE THE PIER!!!", "a"])
def test_odd_text_is_answered(text: str, judge: EncoderJudge) -> None:
    assert len(entailment([(text, text)], judge)) == 1


def test_a_changed_file_is_refused(folder: Path, tmp_path: Path, judge: EncoderJudge) -> None:
    folder = Path(shutil.copytree(folder, tmp_path / "judge"))
    tokenizer = folder / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with pytest.raises(CheckpointError, match=r"tokenizer\.json is not the file"):
        EncoderJudge(folder)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (None, "it has no judge.json"),
        ("[]", "must be an object"),
        ("{", "cannot be read"),
        ('{"window": 9, "sha256": {}, "labels": ["yes", "no"]}', "must name the labels"),
        ('{"window": 9, "sha256": {}, "labels": ["entailed", "neutral", "contradicted"]}', "gives no hash of"),
    ],
)
def test_a_folder_that_is_no_judge_is_refused(
    tmp_path: Path, settings: str | None, message: str, judge: EncoderJudge
) -> None:
    if settings is not None:
        (tmp_path / "judge.json").write_text(settings)
    with pytest.raises(CheckpointError, match=message):
        EncoderJudge(tmp_path)


def test_a_file_outside_the_folder_is_refused(folder: Path, tmp_path: Path, judge: EncoderJudge) -> None:
    folder = Path(shutil.copytree(folder, tmp_path / "judge"))
    described = json.loads((folder / "judge.json").read_text())
    described["sha256"]["../model.bin"] = "0"
    (folder / "judge.json").write_text(json.dumps(described))
    with pytest.raises(CheckpointError, match="not in its folder"):
        EncoderJudge(folder)


def test_a_judge_names_its_revision(judge: EncoderJudge) -> None:
    assert judge.revision.startswith("sha256:")
    assert len(judge.revision) == 23


def test_judging_runs_without_torch_and_transformers(folder: Path, judge: EncoderJudge) -> None:
    code = (
        "import sys; sys.modules['torch'] = sys.modules['transformers'] = None\n"
        f"from newsum.judging import entailment; print(entailment([('Rain fell.', 'Rain fell.')], {str(folder)!r})[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(judge.entailment([("Rain fell.", "Rain fell.")])[0])
