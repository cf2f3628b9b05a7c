"""A tokenizer.json read without transformers gives what transformers gives."""

import json

import pytest
from extras import need

need("torch")

import tiny_models
import transformers

from newsum.generation.ctranslate2.tokenizing import FastTokenizer
from newsum.generation.ctranslate2.weights import Unconvertible

TEXTS = (
    "Gas worth 55 billion cubic metres, officials said, won't flow.",
    "Zürich’s “mayor” paid €3.5bn — in São Paulo, 5–7 May.",
    "naïve\tcafé\n<n> </s> [SEP] 日本 🚢",
    "",
)


@pytest.fixture(params=["bart", "wordpiece", "mbart", "pegasus", "t5"])
def folder(request, tmp_path):
    return tiny_models.build(request.param, tmp_path / "tiny")


def ours_of(folder, **config):
    stated = json.loads((folder / "tokenizer_config.json").read_text())
    return FastTokenizer(folder / "tokenizer.json", stated | config)


def test_ids_and_texts_are_those_of_transformers(folder):
    theirs, ours = transformers.AutoTokenizer.from_pretrained(folder), ours_of(folder)
    for text in TEXTS:
        for special in (True, False):
            found = ours(text, add_special_tokens=special)["input_ids"]
            assert found == theirs(text, add_special_tokens=special)["input_ids"]
            for skip in (True, False):
                assert ours.decode(found, skip_special_tokens=skip) == theirs.decode(found, skip_special_tokens=skip)
    assert ours(list(TEXTS))["input_ids"] == theirs(list(TEXTS))["input_ids"]


def test_its_vocabulary_and_special_tokens_are_those_of_transformers(folder):
    theirs, ours = transformers.AutoTokenizer.from_pretrained(folder), ours_of(folder)
    assert ours.get_vocab() == theirs.get_vocab()
    assert len(ours) == len(theirs)
    assert len(ours.added_tokens_decoder) == len(theirs.get_added_vocab())
    assert set(ours.all_special_tokens) == set(theirs.all_special_tokens)
    for role in ("bos_token_id", "eos_token_id", "unk_token_id", "pad_token_id"):
        assert getattr(ours, role) == getattr(theirs, role)
    assert ours.model_max_length == theirs.model_max_length
    assert ours.convert_tokens_to_ids("no such token") == theirs.convert_tokens_to_ids("no such token")


def test_spaces_are_tightened_where_the_config_says_so(tmp_path):
    folder = tiny_models.build("t5", tmp_path / "t5")
    config = json.loads((folder / "tokenizer_config.json").read_text()) | {"clean_up_tokenization_spaces": True}
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    theirs, ours = transformers.AutoTokenizer.from_pretrained(folder), ours_of(folder)
    ids = ours("the mayor , who said it .", add_special_tokens=False)["input_ids"]
    assert ours.decode(ids) == theirs.decode(ids) == "the mayor, who said it."


def test_special_tokens_may_be_given_with_their_properties(tmp_path):
    folder = tiny_models.build("bart", tmp_path / "bart")
    ours = ours_of(folder, unk_token={"content": "<unk>", "lstrip": False}, sep_token="<extra>")
    assert ours.unk_token_id == 3
    assert ours.all_special_tokens[-1] == "<extra>"
    assert ours("a<extra>b", add_special_tokens=False)["input_ids"][1] == 400


def test_a_tokenizer_that_cannot_be_read_or_would_be_changed_is_refused(tmp_path):
    folder = tiny_models.build("bart", tmp_path / "bart")
    with pytest.raises(Unconvertible, match="one that transformers rebuilds"):
        ours_of(folder, add_bos_token=True)
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(Unconvertible, match=r"its tokenizer\.json cannot be read"):
        ours_of(folder)
