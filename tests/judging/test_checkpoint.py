"""A checkpoint of sequence classification judges a line; here a tiny one with random weights."""

import pytest
from extras import need

need("torch")

import torch
from tiny_models import SENTENCES
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from newsum.errors import CheckpointError
from newsum.judging import CheckpointJudge, entailment, load_judge


def checkpoint(folder, labels):
    """A BERT of one layer with these labels."""
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *sorted({w for s in SENTENCES for w in s.lower().split()})]
    plain = Tokenizer(models.WordLevel({w: n for n, w in enumerate(vocabulary)}, unk_token="[UNK]"))
    plain.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=plain, **special).save_pretrained(folder)
    torch.manual_seed(0)
    small = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = BertConfig(vocab_size=len(vocabulary), id2label=dict(enumerate(labels)), **small)
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_the_label_that_names_entailment_is_read_whatever_its_number(tmp_path):
    both = [
        CheckpointJudge(checkpoint(tmp_path / name, labels)).entailment([(SENTENCES[0], SENTENCES[1])])[0].entailed
        for name, labels in (("first", ("ENTAILMENT", "neutral")), ("second", ("contradiction", "entailment")))
    ]
    assert 0 < both[0] < 1
    assert sum(both) == pytest.approx(1.0, abs=1e-6)  # one model, its two labels


def test_a_long_premise_is_cut_and_the_hypothesis_kept(tmp_path):
    judge = load_judge(checkpoint(tmp_path, ("entailment", "neutral", "contradiction")))
    [found] = entailment([(" ".join(SENTENCES * 100), SENTENCES[2])], judge)
    assert 0 < found.entailed < 1
    assert found.entailed + found.neutral + found.contradicted == pytest.approx(1, abs=1e-5)


def test_a_checkpoint_that_judges_something_else_is_refused(tmp_path):
    with pytest.raises(CheckpointError, match="its labels are positive, negative"):
        CheckpointJudge(checkpoint(tmp_path, ("positive", "negative")))
