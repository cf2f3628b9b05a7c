"""Writing in torch with tiny models of every family: order, repeatability, scores, silence."""

import warnings

import pytest
from extras import need

need("torch")

import tiny_models
import torch
from tiny_models import FAMILIES, SENTENCES

from newsum.errors import SettingsError
from newsum.generation import GenerationSettings, load
from newsum.generation.checkpoints import locate
from newsum.generation.torch.backend import load_torch
from newsum.generation.torch.loading import fitting_type

# Two-token repeats are forbidden so that random models write varied texts.
SEARCH = {"candidates": 2, "max_tokens": 12, "no_repeat_ngram": 2}
TEXTS = [sentence[:length] for sentence in SENTENCES[:5] for length in (12, 40)]


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """A function that loads a family's tiny model, once."""
    loaded = {}

    def get(family):
        if family not in loaded:
            folder = tiny_models.build(family, tmp_path_factory.mktemp("tiny") / family)
            loaded[family] = load_torch(locate(folder), "cpu", compute="float32")
        return loaded[family]

    return get


def tokens(results):
    return [[candidate.tokens for candidate in candidates] for candidates in results]


@pytest.mark.parametrize("family", FAMILIES)
def test_tokens_depend_on_neither_batch_size_nor_order(models, family):
    model = models(family)
    alone = tokens(model.generate(TEXTS, GenerationSettings(**SEARCH, batch_size=1)))
    assert len(set(map(str, alone))) > 3
    for size in (3, 8):
        settings = GenerationSettings(**SEARCH, batch_size=size)
        assert tokens(model.generate(TEXTS, settings)) == alone
        assert tokens(model.generate(TEXTS[::-1], settings)) == alone[::-1]


@pytest.mark.parametrize("family", ["bart", "t5", "primera"])
def test_a_seed_makes_sampling_repeatable_whatever_is_asked_beside_it(models, family):
    model = models(family)
    settings = GenerationSettings(candidates=3, max_tokens=10, temperature=1.0, top_p=0.95, seed=7)
    state = torch.get_rng_state()
    together = tokens(model.generate(TEXTS, settings))
    assert tokens(model.generate(TEXTS[3:4], settings)) == together[3:4]
    assert tokens(model.generate(TEXTS[::-1], settings)) == together[::-1]
    other = GenerationSettings(candidates=3, max_tokens=10, temperature=1.0, top_p=0.95, seed=8)
    assert tokens(model.generate(TEXTS, other)) != together
    assert torch.equal(torch.get_rng_state(), state)


def test_samples_are_distinct_and_come_best_first(models):
    found = models("bart").generate(TEXTS, GenerationSettings(candidates=5, max_tokens=10, temperature=1.0))
    for candidates in found:
        scores = [candidate.score for candidate in candidates]
        assert scores == sorted(scores, reverse=True)
        assert len({candidate.tokens for candidate in candidates}) == len(candidates) > 1


def test_a_low_temperature_samples_what_greedy_search_writes(models):
    model = models("bart")
    greedy = tokens(model.generate(TEXTS, GenerationSettings(beams=1, max_tokens=8)))
    assert tokens(model.generate(TEXTS, GenerationSettings(max_tokens=8, temperature=1e-4))) == greedy
    assert tokens(model.generate(TEXTS, GenerationSettings(max_tokens=8, temperature=1.0, top_p=1e-6))) == greedy


@pytest.mark.parametrize("how", [{}, {"beams": 1}, {"temperature": 0.7}])
def test_a_score_is_the_mean_log_probability_of_a_token(models, how):
    model = models("bart")
    settings = GenerationSettings(max_tokens=9, length_penalty=2.0, no_repeat_ngram=2, **how)
    (candidate,) = model.generate([SENTENCES[1]], settings)[0]
    assert len(candidate.tokens) == 9
    source = torch.tensor([model.tokenizer(SENTENCES[1])["input_ids"]])
    written = torch.tensor([[2, *candidate.tokens]])
    with torch.inference_mode():
        logits = model.model(input_ids=source, decoder_input_ids=written[:, :-1]).logits
        by_hand = logits.log_softmax(-1).gather(-1, written[:, 1:, None])[0, :-1].mean().item()  # its end was forced
    assert candidate.score == pytest.approx(by_hand, abs=1e-4)


def test_mbart_starts_in_the_language_it_is_told_and_does_not_score_it(models):
    model = models("mbart")
    language = model.tokenizer.convert_tokens_to_ids("ro_RO")
    (candidate,) = model.generate([SENTENCES[0]], GenerationSettings(max_tokens=6))[0]
    assert candidate.tokens[0] == language
    assert "ro_RO" not in candidate.text


def test_primera_attends_globally_from_the_first_token_and_every_separator(models, monkeypatch):
    model = models("primera")
    seen = {}
    encoder = model.model.get_encoder()
    forward = encoder.forward
    monkeypatch.setattr(encoder, "forward", lambda **values: seen.update(values) or forward(**values))
    packed = model.pack([[SENTENCES[0]], [SENTENCES[6]]])
    assert packed.text.count("<doc-sep>") == 2
    model.generate([packed.text], GenerationSettings(max_tokens=3))
    separator = model.tokenizer.convert_tokens_to_ids("<doc-sep>")
    expected = (seen["input_ids"] == separator).long()
    expected[:, 0] = 1
    assert torch.equal(seen["global_attention_mask"], expected)
    assert expected.sum() == 3
    assert seen["input_ids"].shape[1] % 8 == 0


def test_t5_reads_its_prefix_before_every_text(tmp_path):
    task = {"summarization": {"prefix": "the talks: ", "max_length": 5, "num_beams": 2}}
    model = load(tiny_models.build("t5", tmp_path / "flan-t5-tiny", task=task), backend="torch")
    assert model.encode(["bridge"])[0] == tuple(model.tokenizer("the talks: bridge")["input_ids"])
    assert len(model.generate(["bridge"], GenerationSettings(min_tokens=1))[0][0].tokens) <= 4


@pytest.mark.parametrize("family", FAMILIES)
def test_packed_documents_fit_the_window_they_are_packed_for(models, family):
    model = models(family)
    packed = model.pack([SENTENCES * 8, SENTENCES[:1], SENTENCES[2:] * 8])
    assert len(model.encode([packed.text])[0]) <= model.checkpoint.window
    assert packed.kept[0] + packed.left_out[0] == 64
    assert len(packed.notices) == sum(left > 0 for left in packed.left_out) >= 2
    assert len(model.generate([packed.text], GenerationSettings(max_tokens=3))) == 1


def test_a_special_token_spelt_out_in_an_article_is_not_one_for_the_model(models):
    model = models("primera")
    packed = model.pack([["The <doc-sep> of </s> it."]])
    ids = model.encode([packed.text])[0]
    assert ids.count(2) == 1
    assert ids.count(model.tokenizer.convert_tokens_to_ids("<doc-sep>")) == 1


def test_a_text_longer_than_the_window_is_refused_and_not_cut(models):
    model = models("bart")
    long = " ".join(SENTENCES)
    with pytest.raises(SettingsError, match=r"text 1 has \d+ tokens and bart reads 64"):
        model.generate(["short", long])
    assert model.count(long) > 64


def test_more_tokens_than_the_decoder_has_places_for_are_refused(models):
    with pytest.raises(SettingsError, match="max_tokens=64 is more than the 63 tokens"):
        models("bart").generate(["a"], GenerationSettings(max_tokens=64))
    assert len(models("bart").generate(["a"], GenerationSettings(max_tokens=63))) == 1


def test_no_texts_and_empty_texts_are_answered(models):
    assert models("bart").generate([]) == []
    assert models("bart").count("") == 0
    assert len(models("t5").generate([""], GenerationSettings(max_tokens=3))) == 1


def test_equal_texts_get_equal_answers(models):
    first, second = models("bart").generate([TEXTS[0], TEXTS[0]], GenerationSettings(max_tokens=5))
    assert first == second


def test_weights_are_computed_as_the_device_is_made_for_or_as_asked_for(tmp_path):
    import transformers

    folder = tiny_models.build("bart", tmp_path / "half")
    transformers.AutoModelForSeq2SeqLM.from_pretrained(folder, dtype=torch.float16).save_pretrained(folder)
    settings, scores = GenerationSettings(max_tokens=4, min_tokens=3), {}
    for model in (
        load(folder, device="cpu", backend="torch"),
        *(load_torch(locate(folder), "cpu", compute=compute) for compute in ("float32", "bfloat16")),
    ):
        scores[model.engine] = model.generate(TEXTS[:1], settings)[0][0].score
    fitting = str(fitting_type(torch.device("cpu"))).replace(".", " ")
    assert next(iter(scores)) == fitting
    assert set(scores) == {"torch float32", "torch bfloat16"}
    assert scores["torch float32"] < 0
    assert abs(scores["torch float32"] - scores["torch bfloat16"]) < 0.1


@pytest.mark.parametrize(
    ("able", "expected"),
    [({"avx512_bf16": True}, torch.bfloat16), ({"amx_bf16": True}, torch.bfloat16), ({"avx2": True}, torch.float32)],
)
def test_a_cpu_computes_in_bfloat16_where_it_says_that_it_can(monkeypatch, able, expected):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: able, raising=False)
    assert fitting_type(torch.device("cpu")) == expected
    assert fitting_type(torch.device("mps")) == torch.float32


def test_nothing_is_printed_warned_or_left_changed(tmp_path, capfd):
    from transformers.utils import logging

    folder = tiny_models.build("led", tmp_path / "quiet", task={"summarization": {"max_length": 30, "min_length": 5}})
    before = (logging.get_verbosity(), logging.is_progress_bar_enabled(), torch.get_num_threads())
    state = torch.get_rng_state()
    capfd.readouterr()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = load(folder)
        long = " ".join(SENTENCES * 40)
        assert model.count(long) > model.checkpoint.window
        for how in ({}, {"beams": 1}, {"max_tokens": 4}, {"temperature": 0.9, "top_p": 0.9}):
            model.generate(TEXTS[:3], GenerationSettings(**how))
    assert capfd.readouterr() == ("", "")
    assert (logging.get_verbosity(), logging.is_progress_bar_enabled(), torch.get_num_threads()) == before
    assert torch.equal(torch.get_rng_state(), state)
