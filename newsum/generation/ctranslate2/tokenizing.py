"""A checkpoint's tokenizer.json behind the few calls that newsum makes of a tokenizer, without transformers.

In: tokenizer.json and tokenizer_config.json. Out: `FastTokenizer`, which gives the ids and texts that transformers'
own class gives. A checkpoint without a tokenizer.json, or with one that transformers would change when
it loads it, is left to transformers.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tokenizers import AddedToken, Tokenizer

from newsum.errors import CheckpointError
from newsum.generation.checkpoints import Located, fetch, read_object
from newsum.generation.ctranslate2.weights import Unconvertible
from newsum.generation.defaults import causal_ends

__all__ = ["FastTokenizer", "read_tokenizer"]

_ROLES = ("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token")
_REBUILDING = ("add_bos_token", "add_eos_token")  # with these transformers writes another post-processor
_NO_LIMIT = 10**30  # what transformers has where the config states none
# transformers' clean_up_tokenization, for configs that ask for it
_TIGHTENED = (" .", " ?", " !", " ,", " ' ", " n't", " 'm", " 's", " 've", " 're")


class FastTokenizer:
    """A tokenizer.json.

    Args:
        adds: whether the tokens that it adds around a text are wanted; those transformers may change.

    Raises:
        Unconvertible: it cannot be read, or transformers would change it.
    """

    def __init__(self, file: Path, config: Mapping[str, Any], *, adds: bool = True) -> None:
        if adds and any(key in config for key in _REBUILDING):
            raise Unconvertible("its tokenizer is one that transformers rebuilds")
        try:
            self._tokenizer = Tokenizer.from_file(str(file))
        except Exception as error:  # tokenizers raises Exception itself
            raise Unconvertible(f"its {file.name} cannot be read ({error})") from error
        self._tokenizer.no_truncation()  # texts that are too long are refused, not cut
        self._tokenizer.no_padding()
        roles = {role: _content(config[role]) for role in _ROLES if config.get(role)}
        extra = config.get("extra_special_tokens") or config.get("additional_special_tokens") or ()
        known = {token.content for token in self.added_tokens_decoder.values()}
        for token in (*roles.values(), *(map(_content, extra) if isinstance(extra, list) else ())):
            if token not in known:
                self._tokenizer.add_special_tokens([AddedToken(token, special=True)])
        self.bos_token_id, self.eos_token_id, self.unk_token_id, self.pad_token_id = (
            self._tokenizer.token_to_id(roles[role]) if role in roles else None
            for role in ("bos_token", "eos_token", "unk_token", "pad_token")
        )
        self.model_max_length = int(config.get("model_max_length") or _NO_LIMIT)
        self.src_lang = config.get("src_lang")
        tightened = config.get("clean_up_tokenization_spaces") and type(self._tokenizer.model).__name__ != "BPE"
        self._tightened = _TIGHTENED if tightened else ()
        self.all_special_tokens = [token.content for token in self.added_tokens_decoder.values() if token.special]
        self._tokenizer.encode("It fell.")  # a damaged file may be read whole and panic as it is used

    def __call__(
        self, text: str | Sequence[str], *, add_special_tokens: bool = True, verbose: bool = True
    ) -> dict[str, Any]:
        texts = [text] if isinstance(text, str) else text
        # One by one: a batch would start threads of its own, which do not survive a fork
        found = [self._tokenizer.encode(each, add_special_tokens=add_special_tokens).ids for each in texts]
        return {"input_ids": found[0] if isinstance(text, str) else found}

    def __len__(self) -> int:
        return int(self._tokenizer.get_vocab_size(with_added_tokens=True))

    @property
    def added_tokens_decoder(self) -> dict[int, AddedToken]:
        return dict(self._tokenizer.get_added_tokens_decoder())

    def get_vocab(self) -> dict[str, int]:
        return dict(self._tokenizer.get_vocab(with_added_tokens=True))

    def get_added_vocab(self) -> dict[str, int]:
        return {token.content: number for number, token in self.added_tokens_decoder.items()}

    def convert_tokens_to_ids(self, token: str) -> int | None:
        found = self._tokenizer.token_to_id(token)
        return self.unk_token_id if found is None else found

    def decode(self, ids: Sequence[int], skip_special_tokens: bool = False) -> str:
        text = str(self._tokenizer.decode(ids, skip_special_tokens=skip_special_tokens))
        for spaced in self._tightened:
            text = text.replace(spaced, spaced.strip())
        return text


def _content(token: Any) -> str:
    """The text of a special token, which a config may give with its properties."""
    return str(token["content"]) if isinstance(token, Mapping) else str(token)


def read_tokenizer(located: Located) -> tuple[FastTokenizer, tuple[int, ...]]:
    """A causal checkpoint's tokenizer, and the tokens that end its texts; the same for every engine.

    Raises:
        CheckpointError: it has no tokenizer.json, or nothing says how its texts end.
    """
    file = fetch(located, "tokenizer.json")
    if file is None:
        raise CheckpointError(
            f"{located.source} has no tokenizer.json: save its tokenizer once more with transformers "
            "(AutoTokenizer.from_pretrained(...).save_pretrained(...)), which writes one"
        )
    names = ("special_tokens_map.json", "tokenizer_config.json", "generation_config.json")
    special, stated, generation = (_object(located, name) for name in names)
    try:
        tokenizer = FastTokenizer(file, {**special, **stated}, adds=False)
    except Unconvertible as error:
        raise CheckpointError(f"the tokenizer of {located.source} cannot be loaded: {error}") from error
    return tokenizer, causal_ends([generation, located.config], tokenizer, located.source)


def _object(located: Located, name: str) -> Mapping[str, Any]:
    file = fetch(located, name)
    return {} if file is None else read_object(file)
