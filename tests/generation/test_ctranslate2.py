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
from newsum.generation import GenerationSettings, Request, load
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
FREE = [Request(sentence[:length]) for sentence in SENTENCES[:5] for length in (12, 40)]
ALLOWED = [Request(SENTENCES[n], frozenset(range(start, start + 25))) for n, start in enumerate((30, 60, 90))]
# Both stop where as many texts have ended as there are beams. PEGASUS and T5 start from a token that only a random
# model would write again; CTranslate2 does not count it among the n-grams, so here they start from their end.
TASK = {"summarization": {"early_stopping": True, "max_length": 9, "num_beams": 2}}
STARTS = {"pegasus": {"decoder_start_token_id": 1}, "t5": {"decoder_start_token_id": 1}}
JOINED = "the a and of to in . ,"
STORY = (
    "The port of Osterland reopened on Monday after ferry crews and the company agreed on pay.",
    "Crews will get 4 percent more from January | The deal gives crews 4 percent more pay, the union said.",
    "Storms closed the harbour at Brennick for two days, and 300 passengers slept on board.",
    "Passengers slept on board for two nights.",
    "The union said that its members would vote on the deal next week, and the company called it fair to both.",
)


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


@pytest.fixture(scope="module")
def mini():
    return load("mini")


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


def assert_same(folder, requests=(*FREE, *ALLOWED), searches=SEARCHES):
    """Token for token, whatever the search; the scores too where no rule against repeats counts in one of them."""
    theirs, ours = exact_torch(folder), exact(folder)
    for search in searches:
        settings, most = GenerationSettings(**search), search.get("max_tokens", 8)
        pairs = zip(theirs.generate(requests, settings), ours.generate(requests, settings), strict=True)
        settled = [pair for pair in pairs if not any(cut_beside_ended(found, most) for found in pair)]
        assert len(settled) > len(requests) // 2
        expected, found = zip(*settled, strict=True)
        assert tokens(found) == tokens(expected)
        assert texts(found) == texts(expected)
        if "no_repeat_ngram" not in search:
            assert scores(found) == pytest.approx(scores(expected), abs=1e-4)


def restricted(model, *stories):
    """Requests as newsum makes them: a text's own words and a few that join them, but not what stands between."""
    joining = frozenset(model.tokenizer(JOINED, add_special_tokens=False).input_ids)
    never = frozenset(model.tokenizer("|", add_special_tokens=False).input_ids)
    read = [model.tokenizer(story, add_special_tokens=False).input_ids for story in stories]
    return [Request(story, joining.union(ids) - never) for story, ids in zip(stories, read, strict=True)]


# --- the same as torch ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_writes_what_torch_writes(folders, family):
    assert_same(folders(family))
    found = exact(folders(family)).generate(FREE, GenerationSettings(**SEARCHES[1]))
    assert len({candidate.tokens for candidates in found for candidate in candidates}) > 20


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_scores_a_text_as_torch_does(folders, family):
    fast, reference = exact(folders(family)), exact_torch(folders(family))
    pairs = [(source, text) for source in SENTENCES[:3] for text in (SENTENCES[0][:30], SENTENCES[3])]
    found = fast.score(pairs)
    for mine, other in zip(found, reference.score(pairs), strict=True):
        assert mine == pytest.approx(other, abs=1e-3)
    assert [len(row) for row in found] == [fast.count(text) + 1 for _, text in pairs]
    assert [pytest.approx(row, abs=1e-3) for row in found[::-1]] == fast.score(pairs[::-1])
    assert fast.score([]) == []


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


def test_the_bundled_model_writes_what_torch_writes(mini):
    settings = GenerationSettings(candidates=4, max_tokens=56, no_repeat_ngram=3)
    requests = [*restricted(mini, *STORY), Request(STORY[0])]
    expected = exact_torch("mini").generate(requests, settings)
    assert tokens(exact("mini").generate(requests, settings)) == tokens(expected)
    written = mini.generate(requests, settings)  # in 8 bits
    assert mini.engine == "ctranslate2 int8"
    found = zip(written, expected, strict=True)
    same = [(a.score, b.score) for x, y in found for a in x for b in y if a.tokens == b.tokens]
    assert len(same) >= len(requests)
    apart = sorted(abs(ours - theirs) for ours, theirs in same)
    assert apart[len(apart) // 2] < 0.05
    assert sum(found >= 0.2 for found in apart) <= 1  # 8 bits may mistake how unlikely one odd word is
    assert all(candidates[0].text.endswith(".") for candidates in written)


# --- requests one by one -------------------------------------------------------------------------------------


def test_a_restricted_request_is_answered_to_the_last_digit_whatever_is_asked_beside_it(mini):
    settings = GenerationSettings(candidates=4, max_tokens=30, no_repeat_ngram=3)
    requests = restricted(mini, *STORY)
    together = mini.generate([*requests, Request(STORY[2]), Request(STORY[3])], settings)[: len(requests)]
    assert mini.generate(requests[::-1], settings)[::-1] == together
    assert [mini.generate([request], settings)[0] for request in requests] == together
    assert load("mini", threads=2).generate(requests, settings) == together


def test_one_map_serves_stories_that_allow_the_same_beside_their_own_words(mini):
    settings = GenerationSettings(beams=1, max_tokens=5)
    mini.generate(restricted(mini, *STORY), settings)
    held = mini.restricted
    mini.generate(restricted(mini, "A court ruled in Osterland.", "Gas prices rose | The price of gas rose."), settings)
    mini.generate([Request(STORY[0])], settings)
    assert mini.restricted is held


@pytest.mark.parametrize("family", ["wordpiece", "mbart", "pegasus", "t5"])
@pytest.mark.parametrize("how", [{"beams": 4, "candidates": 3}, {"beams": 1}])
def test_only_allowed_tokens_and_those_that_start_or_end_a_text_are_written(folders, family, how):
    model = load(folders(family))
    special = set(model.tokenizer.all_special_ids)
    found = model.generate(ALLOWED, GenerationSettings(max_tokens=10, min_tokens=3, no_repeat_ngram=2, **how))
    for candidates, request in zip(found, ALLOWED, strict=True):
        assert candidates
        for candidate in candidates:
            assert set(candidate.tokens) <= request.allowed | special
            assert set(candidate.tokens) & request.allowed


def test_a_restriction_that_leaves_nothing_to_write_closes_the_text(folders):
    model = load(folders("wordpiece"))
    settings = GenerationSettings(max_tokens=12, min_tokens=8, no_repeat_ngram=1, candidates=2)
    (candidates,) = model.generate([Request(SENTENCES[0], frozenset({40}))], settings)
    assert all(set(candidate.tokens) <= {0, 2, 40} for candidate in candidates)
    (candidates,) = model.generate([Request(SENTENCES[0], frozenset())], GenerationSettings(max_tokens=3))
    assert [candidate.text for candidate in candidates] == [""]
    vocabulary = len(model.tokenizer)
    with pytest.raises(SettingsError, match=f"allows a token that is not one of the model's {vocabulary}"):
        model.generate([Request("a", frozenset({vocabulary}))])


def test_no_requests_empty_texts_and_one_token_are_answered(folders):
    model = load(folders("bart"))
    assert model.generate([]) == []
    assert model.count("") == 0
    for request in (Request(""), Request("", frozenset({40}))):
        assert [candidate.text for candidate in model.generate([request], GenerationSettings(max_tokens=3))[0]] == [""]
    assert model.generate([Request("a")], GenerationSettings(max_tokens=1))[0][0].tokens == (2,)


def test_batches_of_any_size_and_order_write_the_same_in_32_bits(folders):
    model = exact(folders("bart"))
    settings = {"candidates": 2, "max_tokens": 12, "no_repeat_ngram": 2}
    alone = tokens(model.generate(FREE, GenerationSettings(**settings, batch_size=1)))
    for size in (3, None):
        assert tokens(model.generate(FREE[::-1], GenerationSettings(**settings, batch_size=size)))[::-1] == alone


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
    expected = load(folders("bart"), backend="torch").generate(FREE[:3], settings)
    assert load(folders("bart")).generate(FREE[:3], settings) == expected
    with pytest.raises(SettingsError, match=r'temperature=1\.0 does not go with backend="ctranslate2"'):
        load(folders("bart"), backend="ctranslate2").generate(FREE[:3], settings)


def test_one_request_has_all_cores_and_several_have_one_each_and_write_the_same(folders):
    import torch

    before = torch.get_num_threads()
    model = load(folders("bart"), backend="ctranslate2", threads=2)
    settings = GenerationSettings(beams=2, max_tokens=9)
    alone = [tokens(model.generate([request], settings))[0] for request in FREE[:3]]
    assert model.free.num_translators == 1
    assert tokens(model.generate(FREE[:3], settings)) == alone
    assert model.free.num_translators == 2
    assert torch.get_num_threads() == before


def test_a_device_or_a_number_of_threads_that_does_not_go_with_it_is_refused(folders):
    with pytest.raises(SettingsError, match="device='cuda' does not go with backend=\"ctranslate2\""):
        load(folders("bart"), backend="ctranslate2", device="cuda")
    for threads in (0, 1.5, True):
        with pytest.raises(SettingsError, match=f"threads={threads!r} is not allowed"):
            load(folders("bart"), threads=threads)
    model = load(folders("bart"), device="cpu", threads=3)
    model.generate([FREE[0], ALLOWED[0]], GenerationSettings(max_tokens=3))
    assert (model.restricted.num_translators, model.free.num_translators) == (3, 1)


def test_both_backends_describe_a_checkpoint_alike(folders):
    for family in FAMILIES:
        theirs, ours = load(folders(family), backend="torch"), load(folders(family))
        assert ours.checkpoint == theirs.checkpoint
        assert (ours.own_defaults, ours.special_tokens) == (theirs.own_defaults, theirs.special_tokens)
        packed = ours.pack([SENTENCES * 8, SENTENCES[:1]])
        assert packed == theirs.pack([SENTENCES * 8, SENTENCES[:1]])


def test_nothing_is_printed(folders, capfd):
    capfd.readouterr()
    model = load(folders("bart"))
    model.generate([*FREE, *ALLOWED], GenerationSettings(max_tokens=5))
    assert capfd.readouterr() == ("", "")


COLD = """
import sys
from newsum.generation import GenerationSettings, Request, load
model = load("mini")
allowed = frozenset(model.tokenizer("the port reopened.", add_special_tokens=False).input_ids)
for request in (Request("The port reopened on Monday.", allowed), Request("The port reopened on Monday.")):
    print(model.generate([request], GenerationSettings(max_tokens=20))[0][0].text)
print({"torch", "transformers", "huggingface_hub", "safetensors"} & set(sys.modules))
status = open("/proc/self/status").read() if sys.platform == "linux" else "VmHWM: 0 kB"
print(status.split("VmHWM:")[1].split()[0])
"""


def test_the_bundled_model_runs_without_torch_and_in_little_memory_even_where_it_is_converted(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSUM_CACHE", str(tmp_path))
    for _ in ("converted", "kept"):
        done = subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=True)
        *written, loaded, peak = done.stdout.splitlines()
        assert written[0].startswith("the port reopened")
        assert len(written) == 2
        assert loaded == "set()"
        assert int(peak) < 400_000  # KiB
    (kept,) = [path for path in Path(tmp_path).iterdir() if path.is_dir()]
    assert (kept / "model.bin").stat().st_size < 32_000_000


def test_a_cache_that_is_removed_while_a_model_is_in_use_is_made_again(monkeypatch, tmp_path):
    monkeypatch.setenv("NEWSUM_CACHE", str(tmp_path / "cache"))
    model = load("mini", backend="ctranslate2", threads=1)
    shutil.rmtree(tmp_path / "cache")
    [[candidate]] = model.generate([Request(SENTENCES[0])], GenerationSettings(max_tokens=5))
    assert candidate.text
