"""Training at toy size: pairs from made-up stories, a few steps of a tiny model, a stop, an export, a brief's line."""

import gzip
import json
import random
import re
from collections import Counter
from importlib import resources

import numpy as np
import pytest
from extras import need

need("torch")

import torch
import transformers
from safetensors.torch import load_file

from newsum.generation import GenerationSettings, Request, load
from newsum.planning.trees import Trees
from newsum.tuning.__main__ import main
from newsum.tuning.export import export
from newsum.tuning.pairs import (
    Pair,
    compression_pair,
    held_out,
    merge_pairs,
    read_pairs,
    story_pairs,
    union_pairs,
    write_pairs,
)
from newsum.tuning.trainer import Settings, evaluate, schedule, train
from newsum.writing.options import SEPARATOR
from recipes import boosting

STORY = {
    "story_id": "treaty",
    "reference": "Osterland and Kestria signed a gas treaty in Lindenhaven on Thursday after 14 months of talks.",
    "articles": [
        {"text": "Osterland and Kestria signed a gas treaty on Thursday. The students held up blank sheets of paper."},
        {"text": "The gas treaty was signed in Lindenhaven after 14 months of talks. Volmark was not consulted."},
    ],
}
SUBJECTS = ("The bank", "The union", "The hospital", "The ferry company", "The court", "The league", "The province")
DEEDS = ("closed 96 branches", "called a strike", "lost its records", "cancelled 62 sailings", "upheld the ruling")
PLACES = ("in Brennick", "in Karrow", "in Halmstrand", "on the Vessing coast")


def made_up_pairs():
    pairs = []
    for n, subject in enumerate(SUBJECTS):
        for deed in DEEDS:
            place = PLACES[(n + len(deed)) % len(PLACES)]
            whole = f"{subject} {deed} {place} on Monday."
            parts = (f"{subject} {deed} on Monday.", f"{subject} {deed} {place}.")
            pairs += [Pair("compress", (whole,), parts[0]), Pair("union", parts, whole), Pair("summary", parts, whole)]
    return pairs


PAIRS = made_up_pairs()
SETTINGS = Settings(tokens=400, stage_sizes=(60, 60), warm_up=4, save_every=6)


def tiny(seed=0):
    """A BART of two small layers with the bundled model's vocabulary."""
    torch.manual_seed(seed)
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(resources.files("newsum") / "models" / "mini"))
    size = {"d_model": 16, "encoder_ffn_dim": 16, "decoder_ffn_dim": 16, "dropout": 0.1}
    layers = {"encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 2, "decoder_attention_heads": 2}
    ids = {"pad_token_id": 0, "bos_token_id": 101, "eos_token_id": 102, "decoder_start_token_id": 101}
    config = transformers.BartConfig(
        vocab_size=len(tokenizer), max_position_embeddings=160, forced_eos_token_id=102, **size, **layers, **ids
    )
    return transformers.BartForConditionalGeneration(config), tokenizer


def weights(model):
    return {name: value.clone() for name, value in model.state_dict().items()}


# --- pairs --------------------------------------------------------------------------------------------


def test_a_summary_sentence_is_paired_with_the_sentences_of_several_articles_that_cover_it():
    (pair,) = [p for p in story_pairs(STORY) if p.kind == "summary"]
    assert pair.target == STORY["reference"]
    assert set(pair.source) == {
        "Osterland and Kestria signed a gas treaty on Thursday.",
        "The gas treaty was signed in Lindenhaven after 14 months of talks.",
    }


@pytest.mark.parametrize(("true", "false"), [("14 months", "15 months"), ("Lindenhaven", "Brennick")])
def test_a_target_that_says_more_than_its_sources_is_no_pair(true, false):
    told = {**STORY, "reference": STORY["reference"].replace(true, false)}
    sources = [p for p in story_pairs(told) if p.kind == "summary"]
    assert sources == []


def test_a_compression_keeps_its_figures_and_drops_whole_phrases():
    source = "The bank , based in Brennick , will close ## branches in the next three years , the lender said ."
    target = "The bank will close ## branches in the next three years ."
    pair = compression_pair(source, target, random.Random(0))
    assert pair is not None
    figure = pair.target.split()[4]
    assert figure.isdigit()
    assert f"close {figure} branches" in pair.source[0]
    assert pair.source[0].startswith("The bank, based in Brennick, will close")
    assert compression_pair(source, "The bank will close branches in the next three years .", random.Random(0)) is None


def test_a_sentence_of_two_clauses_is_merged_from_both():
    text = "Anders Quill, who led the Civic Union, said his party would vote against the treaty in March."
    (pair,) = merge_pairs(text)
    assert pair == Pair(
        "merge",
        ("Anders Quill said his party would vote against the treaty in March.", "Anders Quill led the Civic Union."),
        text,
    )


def test_two_versions_of_a_sentence_are_each_short_of_a_phrase():
    text = "The union called a strike in the port of Brennick on Monday over night rosters after weeks of talks."
    pairs = [pair for seed in range(40) for pair in union_pairs(text, random.Random(seed))]
    assert pairs
    for pair in pairs:
        assert pair.target == text
        assert len(set(pair.source)) == 2
        assert all(len(version) < len(text) for version in pair.source)


def test_a_tenth_of_the_stories_is_held_out_and_always_the_same_tenth():
    out = [held_out(f"story-{n}") for n in range(1000)]
    assert out == [held_out(f"story-{n}") for n in range(1000)]
    assert 70 <= sum(out) <= 130


def test_pairs_are_written_and_read_back_the_same(tmp_path):
    counts = write_pairs(PAIRS, tmp_path / "pairs.jsonl.gz")
    assert counts == {"compress": 35, "union": 35, "summary": 35}
    assert read_pairs(tmp_path / "pairs.jsonl.gz") == PAIRS
    with gzip.open(tmp_path / "pairs.jsonl.gz", "rt", encoding="utf-8") as lines:
        assert json.loads(next(lines))["kind"] == "compress"


# --- steps --------------------------------------------------------------------------------------------


def test_compression_comes_first_and_fusion_after():
    order = schedule(PAIRS, SETTINGS)
    assert {p.kind for p in order[:60]} == {"compress", "union"}
    assert sum(p.kind == "summary" for p in order[60:]) > 20
    assert order == schedule(PAIRS, SETTINGS)
    assert order != schedule(PAIRS, Settings(seed=1, stage_sizes=(60, 60)))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """(weights after a whole run, its reports, its folder)."""
    model, tokenizer = tiny()
    run = tmp_path_factory.mktemp("whole")
    reports = list(train(model, tokenizer, PAIRS, run, SETTINGS))
    return weights(model), reports, run


def test_a_run_says_how_far_it_is_and_learns(undisturbed):
    _, reports, run = undisturbed
    last = reports[-1]
    assert last["step"] == last["steps"] > 8
    assert all(report["loss"] > 0 for report in reports)
    assert json.loads((run / "settings.json").read_text())["tokens"] == 400
    assert (run / "checkpoint.pt").is_file()
    assert not (run / "checkpoint.part").exists()


def test_a_trained_model_foretells_targets_better_than_an_untrained_one(undisturbed):
    model, tokenizer = tiny()
    untrained = evaluate(model, tokenizer, PAIRS, SETTINGS)
    model.load_state_dict(undisturbed[0])
    trained = evaluate(model, tokenizer, PAIRS, SETTINGS)
    assert {kind: count for kind, (count, _) in trained.items()} == Counter(pair.kind for pair in PAIRS)
    assert all(trained[kind][1] < untrained[kind][1] for kind in trained)


def test_a_run_changes_the_weights_and_two_runs_change_them_alike(undisturbed, tmp_path):
    after, _, _ = undisturbed
    model, tokenizer = tiny()
    before = weights(model)
    list(train(model, tokenizer, PAIRS, tmp_path, SETTINGS))
    again = weights(model)
    assert not torch.equal(before["model.shared.weight"], after["model.shared.weight"])
    assert all(torch.equal(after[name], again[name]) for name in after)


class Stopped(Exception):
    """The power went."""


def test_a_stopped_run_goes_on_to_the_weights_of_an_undisturbed_one(undisturbed, tmp_path, monkeypatch):
    from newsum.tuning import trainer

    after, reports, _ = undisturbed
    model, tokenizer = tiny()
    steps, loss_of = iter(range(100)), trainer.loss_of

    def until_the_ninth_step(*given):
        if next(steps) == 8:
            raise Stopped
        return loss_of(*given)

    monkeypatch.setattr(trainer, "loss_of", until_the_ninth_step)
    with pytest.raises(Stopped):
        list(train(model, tokenizer, PAIRS, tmp_path, SETTINGS))
    monkeypatch.setattr(trainer, "loss_of", loss_of)
    assert torch.load(tmp_path / "checkpoint.pt", weights_only=True)["step"] == 6

    fresh, _ = tiny(seed=99)  # as a new process has it: everything must come from the checkpoint
    resumed = list(train(fresh, tokenizer, PAIRS, tmp_path, SETTINGS))
    assert resumed[-1]["step"] == reports[-1]["step"]
    for name, value in weights(fresh).items():
        assert torch.equal(value, after[name]), name


def test_a_finished_run_is_not_run_again(undisturbed):
    after, _, run = undisturbed
    model, tokenizer = tiny(seed=5)
    assert list(train(model, tokenizer, PAIRS, run, SETTINGS)) == []
    assert all(torch.equal(value, after[name]) for name, value in weights(model).items())


# --- what comes of it -----------------------------------------------------------------------------------


def test_an_exported_model_loads_as_one_that_writes_from_evidence(undisturbed, tmp_path):
    _, _, run = undisturbed
    model, tokenizer = tiny()
    model.load_state_dict(torch.load(run / "checkpoint.pt", weights_only=True)["model"])
    folder = tmp_path / "tuned"
    export(model, tokenizer, folder, card="# A tiny model\n")

    loaded = load(folder)
    assert loaded.checkpoint.strategy == "attribute-first"
    assert loaded.checkpoint.name == "tuned"
    assert loaded.checkpoint.window <= 160
    request = Request(SEPARATOR.join(PAIRS[1].source))
    ((candidate,),) = loaded.generate([request], GenerationSettings(beams=2, max_tokens=12))
    assert 0 < len(candidate.tokens) <= 12
    assert (folder / "README.md").read_text(encoding="utf-8") == "# A tiny model\n"
    assert (folder / "model.safetensors").stat().st_size < 2_000_000  # half precision
    for path in folder.glob("*.json"):
        assert "name_or_path" not in path.read_text(encoding="utf-8")


def test_a_model_is_tuned_on_stories_of_ones_own_by_four_commands(tmp_path, undisturbed, capsys):
    start, stories, run, out = tmp_path / "start", tmp_path / "mine.jsonl", tmp_path / "run", tmp_path / "tuned"
    model, tokenizer = tiny()
    export(model, tokenizer, start, card="# Untrained\n")
    ids = [f"treaty-{n}" for n in range(40)]
    stories.write_text("".join(json.dumps({**STORY, "story_id": name}) + "\n" for name in ids), encoding="utf-8")
    (tmp_path / "card.md").write_text("# Mine\n", encoding="utf-8")
    assert main(["prepare", "--stories", str(stories), str(run)]) == 0
    assert {pair.kind for pair in read_pairs(run / "pairs.jsonl.gz")} == {"summary"}
    apart = sum(map(held_out, ids))
    assert 0 < len(read_pairs(run / "held.jsonl.gz")) / len(read_pairs(run / "pairs.jsonl.gz")) == apart / (40 - apart)
    assert main(["train", str(run), "--start", str(start)]) == 0
    capsys.readouterr()
    assert main(["evaluate", str(run), "--start", str(start)]) == 0
    assert re.fullmatch(rf"summary: \d+\.\d{{3}} nats a token, {apart} pairs\n", capsys.readouterr().out)
    last = ["--start", str(start), "--out", str(out), "--card", str(tmp_path / "card.md")]
    assert main(["export", str(run), *last]) == 0
    before, after = (load_file(folder / "model.safetensors") for folder in (start, out))
    assert any(not torch.equal(before[name], after[name]) for name in before)
    assert load(out).checkpoint.strategy == "attribute-first"


def test_own_stories_that_cannot_be_read_are_named_in_one_sentence(tmp_path, capsys):
    missing = tmp_path / "nothing.jsonl"
    assert main(["prepare", "--stories", str(missing), str(tmp_path / "run")]) == 2
    assert "nothing.jsonl" in capsys.readouterr().err


def test_the_bundled_models_start_is_minilm():
    need("train")
    from newsum.tuning.initialise import bart_from_minilm, minilm_folder

    model, tokenizer = bart_from_minilm()
    bert = transformers.AutoModel.from_pretrained(minilm_folder()).eval()
    encoded = tokenizer(["Osterland and Kestria signed a treaty."], return_tensors="pt")
    with torch.no_grad():
        ours = model.eval().model.encoder(encoded.input_ids, encoded.attention_mask).last_hidden_state
        theirs = bert(encoded.input_ids, encoded.attention_mask).last_hidden_state
    assert (ours - theirs).abs().max() < 0.01
    assert len(model.model.decoder.layers) == 3


def test_a_boosted_tree_is_the_same_once_it_is_listed():
    dumped = {
        "split_index": 0,
        "split_feature": 2,
        "threshold": 0.25,
        "left_child": {"leaf_index": 0, "leaf_value": 0.1},
        "right_child": {
            "split_index": 1,
            "split_feature": 0,
            "threshold": 3.0,
            "left_child": {"leaf_index": 1, "leaf_value": 0.2},
            "right_child": {"leaf_index": 2, "leaf_value": 0.4},
        },
    }
    tree = boosting.listed(dumped)
    trees = Trees(**{name: np.array([values]) for name, values in tree.items()})
    rows = np.array([[0.0, 0.0, 0.25], [3.0, 0.0, 0.3], [3.1, 0.0, 0.3]])
    assert trees.predict(rows).tolist() == [0.1, 0.2, 0.4]
    assert Trees(**{n: np.array([v]) for n, v in boosting.listed({"leaf_value": 0.7}).items()}).predict(rows)[0] == 0.7


def test_fitted_trees_tell_high_from_low():
    need("train")
    generator = np.random.default_rng(3)
    found = generator.random((3000, 5))
    target = np.where(found[:, 3] > 0.5, 0.8, 0.2)
    fitted = boosting.fit(found, target, trees=60, min_data_in_leaf=20, learning_rate=0.1)
    trees = Trees(**{name: np.array(values) for name, values in fitted.items()})
    error = np.abs(trees.predict(found) - target).mean()
    assert error < 0.15 < np.abs(target - target.mean()).mean()
