"""Causal models in CTranslate2 write what torch writes, token for token in 32 bits; chance, beginnings, refusals."""

import json

import pytest
from extras import need

need("torch")

import tiny_models
import torch
import transformers
from tiny_models import CAUSAL, SENTENCES

from newsum.errors import CheckpointError, SettingsError
from newsum.generation.checkpoints import locate
from newsum.generation.completion import Completion
from newsum.generation.ctranslate2.loading import load_causal_ctranslate2
from newsum.generation.ctranslate2.weights import Unconvertible


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
            made[family] = tiny_models.build_causal(family, tmp_path_factory.mktemp("tiny") / family)
        return made[family]

    return get


@pytest.fixture(scope="module")
def models(folders):
    """A function that loads a family's tiny checkpoint in 32 bits, once."""
    loaded = {}

    def get(family):
        if family not in loaded:
            loaded[family] = load_causal_ctranslate2(locate(folders(family)), compute="float32", threads=2)
        return loaded[family]

    return get


def tokens(results):
    return [[candidate.tokens for candidate in candidates] for candidates in results]


def by_transformers(folder, prompt, length):
    """(the likeliest tokens up to an end, their mean log-probability)."""
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    ids, scores = list(prompt), []
    with torch.inference_mode():
        while len(scores) < length and ids[-1] != 6:
            row = model(torch.tensor([ids])).logits[0, -1].float().log_softmax(-1)
            ids.append(int(row.argmax()))
            scores.append(row.max().item())
    return tuple(ids[len(prompt) :]), sum(scores) / len(scores)


@pytest.mark.parametrize("family", CAUSAL)
def test_the_likeliest_tokens_and_their_scores_are_those_of_transformers(models, folders, family):
    model = models(family)
    prompts = [model.encode(sentence) for sentence in SENTENCES[:4]]
    written = model.complete(prompts, Completion(max_tokens=12))
    for prompt, (candidate,) in zip(prompts, written, strict=True):
        expected, score = by_transformers(folders(family), prompt, 12)
        assert candidate.tokens == expected
        assert candidate.score == pytest.approx(score, abs=1e-3)
    assert len(set(map(str, tokens(written)))) > 1


@pytest.mark.parametrize("family", ["llama", "gpt2"])
def test_a_beginning_read_once_changes_nothing(models, family):
    model = models(family)
    prompts = [model.encode(sentence) for sentence in SENTENCES[:4]]
    whole = model.complete(prompts, Completion(max_tokens=8))
    for prompt, expected in zip(prompts, whole, strict=True):
        begun = model.begin(prompt[:5])
        assert tokens([begun.complete(prompt[5:], Completion(max_tokens=8))]) == tokens([expected])
        assert tokens([begun.complete(prompt[5:], Completion(max_tokens=8))]) == tokens([expected])


def test_samples_depend_on_the_seed_and_the_prompt_alone(models):
    model = models("llama")
    prompts = [model.encode(sentence) for sentence in SENTENCES[:3]]
    how = Completion(max_tokens=10, candidates=4, temperature=1.5, top_k=30)
    together = tokens(model.complete(prompts, how, seed=5))
    assert tokens(model.complete(prompts[::-1], how, seed=5)) == together[::-1]
    assert tokens(model.complete(prompts[1:2], how, seed=5)) == together[1:2]
    assert tokens(model.complete(prompts, how, seed=6)) != together
    assert max(map(len, together)) > 1


def test_what_a_begun_prompt_samples_depends_on_the_calls_made_of_it(models):
    model = models("llama")
    prompt = model.encode(SENTENCES[0])
    how = Completion(max_tokens=10, candidates=4, temperature=1.5)

    def twice(seed):
        begun = model.begin(prompt[:6], seed=seed)
        return tokens([begun.complete(prompt[6:], how), begun.complete(prompt[6:], how)])

    first, second = twice(2)
    assert first != second
    assert twice(2) == [first, second]
    assert twice(3)[0] != first


def test_a_sample_is_scored_without_its_temperature(models, folders):
    model = models("qwen2")
    prompt = model.encode(SENTENCES[2])
    (best, *_) = model.complete([prompt], Completion(max_tokens=6, candidates=3, temperature=0.5, top_k=4))[0]
    reference = transformers.AutoModelForCausalLM.from_pretrained(folders("qwen2"), dtype=torch.float32).eval()
    with torch.inference_mode():
        rows = reference(torch.tensor([[*prompt, *best.tokens]])).logits[0, len(prompt) - 1 : -1].log_softmax(-1)
    by_hand = rows.gather(-1, torch.tensor(best.tokens)[:, None]).mean().item()
    assert best.score == pytest.approx(by_hand, abs=1e-3)


def test_several_candidates_without_chance_are_those_of_a_search_and_come_best_first(models):
    model = models("mistral")
    (found,) = model.complete([model.encode(SENTENCES[1])], Completion(max_tokens=8, candidates=4))
    scores = [candidate.score for candidate in found]
    assert len({candidate.tokens for candidate in found}) == len(found) > 1
    assert scores == sorted(scores, reverse=True)


def test_a_text_ends_at_its_own_end_or_at_one_that_is_asked_for(models):
    model = models("llama")
    prompt = model.encode(SENTENCES[0])
    ((plain,),) = model.complete([prompt], Completion(max_tokens=10))
    end = plain.tokens[4]
    ((cut,),) = model.complete([prompt], Completion(max_tokens=10, ends=(end,)))
    assert cut.tokens == plain.tokens[: plain.tokens.index(end) + 1]
    assert len(plain.tokens) == 10


def test_suppressed_sequences_and_repeats_are_not_written(models):
    model = models("llama")
    prompt = model.encode(SENTENCES[0])
    ((plain,),) = model.complete([prompt], Completion(max_tokens=8))
    pair = plain.tokens[2:4]
    ((other,),) = model.complete([prompt], Completion(max_tokens=8, suppressed=(pair,)))
    assert other.tokens[:3] == plain.tokens[:3]
    assert other.tokens[3] != plain.tokens[3]
    ((single,),) = model.complete([prompt], Completion(max_tokens=40, no_repeat_ngram=1))
    assert len(set(single.tokens)) == len(single.tokens)


def test_eight_bits_write_like_32(folders):
    rounded = load_causal_ctranslate2(locate(folders("llama")))
    exact = load_causal_ctranslate2(locate(folders("llama")), compute="float32")
    assert (rounded.engine, exact.engine) == ("ctranslate2 int8", "ctranslate2 float32")
    prompts = [rounded.encode(sentence) for sentence in SENTENCES]
    pairs = zip(
        rounded.complete(prompts, Completion(max_tokens=1)),
        exact.complete(prompts, Completion(max_tokens=1)),
        strict=True,
    )
    assert sum(one[0].tokens == other[0].tokens for one, other in pairs) >= 6


def test_a_prompt_without_room_or_without_a_token_is_refused(tmp_path):
    folder = tiny_models.build_causal("mistral", tmp_path / "mistral", sliding_window=256)
    model = load_causal_ctranslate2(locate(folder))
    assert model.checkpoint.window == 256  # beyond its sliding window not every token sees every other
    with pytest.raises(SettingsError, match="a prompt of 250 tokens and 7 to write are more than the 256"):
        model.complete([(7,) * 250], Completion(max_tokens=7))
    with pytest.raises(SettingsError, match="no token to go on from"):
        model.complete([()], Completion(max_tokens=7))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rope_parameters": {"rope_type": "llama3", "factor": 8.0}}, "its positions are of the kind llama3"),
        ({"hidden_act": "swoosh"}, "its activation is swoosh"),
        ({"vocab_size": 300}, "its tokenizer has"),
        ({"model_type": "gemma2"}, "its family is gemma2"),
        ({"num_hidden_layers": 3}, r"its weights lack model\.layers\.2"),
    ],
)
def test_what_ctranslate2_would_compute_otherwise_is_refused(tmp_path, changes, said):
    folder = tiny_models.build_causal("llama", tmp_path / "llama")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | changes))
    with pytest.raises(Unconvertible, match=said):
        load_causal_ctranslate2(locate(folder))


def test_a_checkpoint_that_names_no_end_is_refused(tmp_path):
    folder = tiny_models.build_causal("llama", tmp_path / "llama")
    for name in ("config.json", "generation_config.json", "tokenizer_config.json"):
        stated = json.loads((folder / name).read_text())
        (folder / name).write_text(
            json.dumps({key: value for key, value in stated.items() if not key.startswith("eos_token")})
        )
    with pytest.raises(CheckpointError, match="names no eos_token_id"):
        load_causal_ctranslate2(locate(folder))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"max_tokens": 0}, "max_tokens=0 is not allowed"),
        ({"max_tokens": 5, "min_tokens": 6}, "min_tokens=6 is more than max_tokens=5"),
        ({"max_tokens": 5, "top_k": 3}, "set a temperature too"),
        ({"max_tokens": 5, "temperature": 0}, "temperature=0 is not allowed"),
        ({"max_tokens": 5, "suppressed": ((),)}, "has no token"),
    ],
)
def test_settings_that_mean_nothing_are_refused(values, said):
    with pytest.raises(SettingsError, match=said):
        Completion(**values)
