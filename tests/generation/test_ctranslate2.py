"""CTranslate2 writes what torch writes, token for token in 32 bits; and what each of them is asked for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from extras import need

need("torch")

import tiny_models
import torch
import transformers
from safetensors.torch import load_file, save_file
from tiny_models import SENTENCES

from newsum.errors import CheckpointError, SettingsError
from newsum.generation import GenerationSettings, load
from newsum.generation.checkpoints import locate
from newsum.generation.ctranslate2.loading import load_ctranslate2
from newsum.generation.torch.backend import load_torch

FAMILIES = ("bart", "wordpiece", "mbart", "pegasus", "t5")
SEARCHES = (
    {"beams": 1, "max_tokens": 10},
    {"beams": 4, "candidates": 4, "max_tokens": 12},
    {"beams": 4, "candidates": 2, "max_tokens": 40, "no_repeat_ngram": 2, "min_tokens": 4, "length_penalty": 2.0},
    {"beams": 3, "candidates": 3, "max_tokens": 20, "no_repeat_ngram": 3, "length_penalty": 0.0},
    {"beams": None},
)
TEXTS = [sentence[:length] for sentence in SENTENCES[:5] for length in (12, 40)]
# Both stop where as many texts have ended as there are beams. PEGASUS and T5 start from a token that only a random
# model would write again; CTranslate2 does not count it among the n-grams, so here they start from their end.
TASK = {"summarization": {"early_stopping": True, "max_length": 9, "num_beams": 2}}
STARTS = {"pegasus": {"decoder_start_token_id": 1}, "t5": {"decoder_start_token_id": 1}}


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSUM_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A function that gives the folder of a family's tiny checkpoint."""
    made = {}

    def get(family):
        if family not in made:
            folder = tmp_path_factory.mktemp("tiny") / family
            made[family] = tiny_models.build(family, folder, task=TASK, **STARTS.get(family, {}))
        return made[family]

    return get


def exact(folder):
    return load_ctranslate2(locate(folder), compute="float32")


def exact_torch(folder):
    return load_torch(locate(folder), "cpu", compute="float32")


def tokens(results):
    return [[candidate.tokens for candidate in candidates] for candidates in results]


def texts(results):
    return [[candidate.text for candidate in candidates] for candidates in results]


def scores(results):
    return [candidate.score for candidates in results for candidate in candidates]


def cut_beside_ended(candidates, most):
    """Whether some texts ended and others were cut: torch may have stopped before it came to the latter."""
    return len({len(candidate.tokens) == most for candidate in candidates}) == 2


def assert_same(folder, searches=SEARCHES):
    """Token for token, whatever the search; the scores too where no rule against repeats counts in one of them."""
    theirs, ours = exact_torch(folder), exact(folder)
    for search in searches:
        settings, most = GenerationSettings(**search), search.get("max_tokens", 8)
        pairs = zip(theirs.generate(TEXTS, settings), ours.generate(TEXTS, settings), strict=True)
        settled = [pair for pair in pairs if not any(cut_beside_ended(found, most) for found in pair)]
        assert len(settled) >= len(TEXTS) // 2
        expected, found = zip(*settled, strict=True)
        assert tokens(found) == tokens(expected)
        assert texts(found) == texts(expected)
        if "no_repeat_ngram" not in search:
            assert scores(found) == pytest.approx(scores(expected), abs=1e-4)


# --- the same as torch ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_writes_what_torch_writes(folders, family):
    assert_same(folders(family))
    found = exact(folders(family)).generate(TEXTS, GenerationSettings(**SEARCHES[1]))
    assert len({candidate.tokens for candidates in found for candidate in candidates}) > 20


@pytest.mark.parametrize(
    ("family", "config"),
    [
        ("bart", {"scale_embedding": True, "activation_function": "relu", "encoder_attention_heads": 2}),
        ("bart", {"decoder_layers": 1, "tie_word_embeddings": False}),
        ("t5", {"feed_forward_proj": "gated-gelu", "d_kv": 6, "num_decoder_layers": 3}),
        ("t5", {"tie_word_embeddings": False}),
    ],
)
def test_a_config_that_departs_from_its_family_is_followed(tmp_path, family, config):
    folder = tiny_models.build(family, tmp_path / "other", task=TASK, **STARTS.get(family, {}), **config)
    assert_same(folder, searches=SEARCHES[1:2])


@pytest.mark.parametrize("precision", [torch.float16, torch.bfloat16])
def test_half_precision_weights_are_read(folders, tmp_path, precision):
    model = transformers.AutoModelForSeq2SeqLM.from_pretrained(folders("bart"), dtype=precision)
    folder = tiny_models.build("bart", tmp_path / "half", task=TASK)
    model.save_pretrained(folder)
    assert_same(folder, searches=SEARCHES[1:2])


def test_weights_in_several_files_are_read(folders, tmp_path):
    folder = tiny_models.build("bart", tmp_path / "parts", task=TASK)
    model = transformers.AutoModelForSeq2SeqLM.from_pretrained(folder)
    (folder / "model.safetensors").unlink()
    model.save_pretrained(folder, max_shard_size="50KB")
    assert len(list(folder.glob("model-*.safetensors"))) > 2
    assert_same(folder, searches=SEARCHES[1:2])


def test_a_bias_of_the_vocabulary_and_a_head_of_its_own_are_read(tmp_path):
    bart = tiny_models.build("bart", tmp_path / "bart", task=TASK)
    weights = load_file(bart / "model.safetensors")
    weights["final_logits_bias"][0, 100:200] = 3.0
    save_file(weights, bart / "model.safetensors", {"format": "pt"})
    assert_same(bart, searches=SEARCHES[:1])
    t5 = tiny_models.build("t5", tmp_path / "t5", task=TASK, **STARTS["t5"])
    weights = load_file(t5 / "model.safetensors")
    weights["lm_head.weight"] = weights["shared.weight"].flip(0).contiguous()
    save_file(weights, t5 / "model.safetensors", {"format": "pt"})
    assert_same(t5, searches=SEARCHES[:1])


# --- texts one by one -----------------------------------------------------------------------------------------


def test_no_texts_empty_texts_and_one_token_are_answered(folders):
    model = load(folders("bart"))
    assert model.generate([]) == []
    assert model.count("") == 0
    assert [candidate.text for candidate in model.generate([""], GenerationSettings(max_tokens=3))[0]] == [""]
    assert model.generate(["a"], GenerationSettings(max_tokens=1))[0][0].tokens == (2,)


def test_batches_of_any_size_and_order_write_the_same_in_32_bits(folders):
    model = exact(folders("bart"))
    settings = {"candidates": 2, "max_tokens": 12, "no_repeat_ngram": 2}
    alone = tokens(model.generate(TEXTS, GenerationSettings(**settings, batch_size=1)))
    for size in (3, None):
        assert tokens(model.generate(TEXTS[::-1], GenerationSettings(**settings, batch_size=size)))[::-1] == alone


# --- what goes where -----------------------------------------------------------------------------------------


def test_what_ctranslate2_has_not_goes_to_torch_by_itself_and_is_refused_by_name(folders, tmp_path):
    assert load(folders("t5")).engine == "ctranslate2 int8"
    led = tiny_models.build("led", tmp_path / "led")
    assert load(led).engine.startswith("torch ")
    with pytest.raises(CheckpointError, match="its family is led, not one of bart, mbart, pegasus, t5; pass backend"):
        load(led, backend="ctranslate2")
    penalised = tiny_models.build("bart", tmp_path / "penalised", task={"summarization": {"repetition_penalty": 2.0}})
    assert load(penalised).engine.startswith("torch ")
    with pytest.raises(CheckpointError, match="its generation settings have repetition_penalty"):
        load(penalised, backend="ctranslate2")
    slow = tiny_models.build("wordpiece", tmp_path / "slow")
    (slow / "tokenizer.json").rename(slow / "vocab.txt")
    with pytest.raises(CheckpointError, match=r"it has no tokenizer\.json"):
        load(slow, backend="ctranslate2")


def test_samples_are_drawn_by_torch_or_refused(folders):
    settings = GenerationSettings(candidates=3, max_tokens=8, temperature=1.0, seed=4)
    expected = load(folders("bart"), backend="torch").generate(TEXTS[:3], settings)
    assert load(folders("bart")).generate(TEXTS[:3], settings) == expected
    with pytest.raises(SettingsError, match=r'temperature=1\.0 does not go with backend="ctranslate2"'):
        load(folders("bart"), backend="ctranslate2").generate(TEXTS[:3], settings)


def test_one_text_has_all_cores_and_several_have_one_each_and_write_the_same(folders):
    before = torch.get_num_threads()
    model = load(folders("bart"), backend="ctranslate2", threads=2)
    settings = GenerationSettings(beams=2, max_tokens=9)
    alone = [tokens(model.generate([text], settings))[0] for text in TEXTS[:3]]
    assert model.held.num_translators == 1
    assert tokens(model.generate(TEXTS[:3], settings)) == alone
    assert model.held.num_translators == 2
    assert torch.get_num_threads() == before


def test_a_device_or_a_number_of_threads_that_does_not_go_with_it_is_refused(folders):
    with pytest.raises(SettingsError, match="device='cuda' does not go with backend=\"ctranslate2\""):
        load(folders("bart"), backend="ctranslate2", device="cuda")
    for threads in (0, 1.5, True):
        with pytest.raises(SettingsError, match=f"threads={threads!r} is not allowed"):
            load(folders("bart"), threads=threads)


def test_both_backends_describe_a_checkpoint_alike(folders):
    for family in FAMILIES:
        theirs, ours = load(folders(family), backend="torch"), load(folders(family))
        assert ours.checkpoint == theirs.checkpoint
        assert (ours.own_defaults, ours.special_tokens) == (theirs.own_defaults, theirs.special_tokens)
        packed = ours.pack([SENTENCES * 8, SENTENCES[:1]])
        assert packed == theirs.pack([SENTENCES * 8, SENTENCES[:1]])


def test_nothing_is_printed(folders, capfd):
    folder = folders("bart")  # making one prints
    capfd.readouterr()
    model = load(folder)
    model.generate(TEXTS, GenerationSettings(max_tokens=5))
    assert capfd.readouterr() == ("", "")


COLD = """
import sys
from newsum.generation import GenerationSettings, load
model = load(sys.argv[1])
print(model.generate(["The two countries signed a treaty."], GenerationSettings(max_tokens=20))[0][0].tokens)
print({"torch", "transformers", "huggingface_hub", "safetensors"} & set(sys.modules))
status = open("/proc/self/status").read() if sys.platform == "linux" else "VmHWM: 0 kB"
print(status.split("VmHWM:")[1].split()[0])
"""


def test_a_checkpoint_is_converted_once_and_runs_without_torch_and_in_little_memory(folders, tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSUM_CACHE", str(tmp_path))
    written = set()
    for _ in ("converted", "kept"):
        command = [sys.executable, "-c", COLD, str(folders("bart"))]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        tokens_written, loaded, peak = done.stdout.splitlines()
        written.add(tokens_written)
        assert loaded == "set()"
        assert int(peak) < 200_000  # KiB
    assert len(written) == 1
    (kept,) = [path for path in Path(tmp_path).iterdir() if path.is_dir()]
    assert (kept / "model.bin").is_file()


def test_a_cache_that_is_removed_while_a_model_is_in_use_is_made_again(folders, monkeypatch, tmp_path):
    monkeypatch.setenv("NEWSUM_CACHE", str(tmp_path / "cache"))
    model = load(folders("bart"), backend="ctranslate2", threads=1)
    shutil.rmtree(tmp_path / "cache")
    [[candidate]] = model.generate([SENTENCES[0]], GenerationSettings(max_tokens=5))
    assert candidate.text
