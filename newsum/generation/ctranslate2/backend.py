"""Running a checkpoint in CTranslate2, with 8-bit weights.

In: `Request`s. Out: their `Candidate`s. The search is that of the torch backend, token for token in 32 bits, but that
it stops where as many texts have ended as it has beams (`early_stopping` in transformers, which some checkpoints leave
off), that texts cut at `max_tokens` may then be among the others, and that what the rules against repeats and early
ends forbid is left out of a score's reckoning.

A restricted request runs alone, on a decoder that has only its own tokens in its last layer (restricting.py). A batch
would be restricted as a whole: with others' words to choose from, a fifth of the best texts had one in them. With most
of that layer gone, two thirds of a small decoder's work, being alone costs a fifth more than batches of eight, and no
request depends on another.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import ctranslate2

from newsum.errors import SettingsError
from newsum.generation.backend import Backend, Key, Scored, distinct
from newsum.generation.batching import buckets
from newsum.generation.checkpoints import Located
from newsum.generation.ctranslate2.vocabulary_map import Restricted, VocabularyMap, shared_map
from newsum.generation.defaults import always_allowed, beams, fewest_tokens, most_tokens
from newsum.generation.packing import Request
from newsum.generation.protocol import GenerationSettings, Seq2Seq
from newsum.generation.writer import Candidate
from newsum.system.cache import Kept
from newsum.system.threads import others_kept

__all__ = ["CTranslate2Seq2Seq"]

_BATCH_TOKENS = 4096  # source tokens a batch of unrestricted requests, padding included; 2048 takes a tenth longer
_SCORED_TOKENS = 128  # a batch to score, source and text; 2048 holds logits of 130 MB and takes a third longer
_DEAD_END = -1e4  # the score of a text that nothing may follow
_FILES = ("config.json", "model.bin", "shared_vocabulary.json")


class CTranslate2Seq2Seq(Backend):
    """A checkpoint held in CTranslate2.

    Args:
        vocabulary: the model's tokens, by id.
        roles: the ids that CTranslate2 knows by role: bos, eos, unk and decoder_start.
        converted: the folder of its weights.
        compute: "int8" or "float32".
        threads: cores to use, each for a batch or a restricted request of its own; all for the only one of others.
        sampler: what answers requests for samples; None refuses them.
    """

    def __init__(
        self,
        located: Located,
        tokenizer: Any,
        *,
        config: Mapping[str, Any],
        own: Mapping[str, Any],
        vocabulary: Sequence[str],
        roles: Mapping[str, int],
        converted: Kept,
        compute: str,
        threads: int,
        sampler: Callable[[], Seq2Seq] | None,
    ) -> None:
        super().__init__(located, tokenizer, config=config, own=own, vocabulary=len(vocabulary))
        self.engine = f"ctranslate2 {compute}"
        self._tokens = vocabulary
        self._ids = {token: number for number, token in enumerate(vocabulary)}
        self._always = always_allowed(own)
        self._unknown = roles["unk"]
        self._edges = self._always.union(roles.values())
        self._converted = converted
        self._compute = compute
        self._threads = threads
        self._sampler = sampler
        self.free: ctranslate2.Translator | None = None
        self.restricted: ctranslate2.Translator | None = None
        self._map: VocabularyMap | None = None  # of the latter

    def generate(
        self, requests: Sequence[Request], settings: GenerationSettings | None = None
    ) -> list[tuple[Candidate, ...]]:
        if settings is None or not settings.sampling:
            return super().generate(requests, settings)
        if self._sampler is None:
            raise SettingsError(
                f'temperature={settings.temperature} does not go with backend="ctranslate2", which cannot draw '
                'samples request by request: pass backend="torch" or "auto", or leave the temperature out'
            )
        return self._sampling.generate(requests, settings)

    @cached_property
    def _sampling(self) -> Seq2Seq:
        assert self._sampler is not None
        return self._sampler()

    def _write(self, keys: Sequence[Key], settings: GenerationSettings) -> list[tuple[Candidate, ...]]:
        search = _Search(self.own_defaults, settings, self.checkpoint.longest, self._tokens)
        restricted = [(source, allowed) for source, allowed in keys if allowed is not None]
        free = [key for key in keys if key[1] is None]
        written: dict[Key, tuple[Candidate, ...]] = {}
        for vocabulary, requests in self._by_map(restricted):
            written |= self._run(self._holding(vocabulary), [[request] for request in requests], search)
        if free:
            share = math.ceil(len(free) / self._threads)  # eight texts take 1.0 s so, 1.5 as one batch
            size = min(share, settings.batch_size or share)
            places = buckets([len(source) for source, _ in free], tokens=_BATCH_TOKENS, size=size)
            batches = [[free[place] for place in batch] for batch in places]
            written |= self._run(self._unrestricted(len(batches)), batches, search)
        return [written[key] for key in keys]

    def _judge(self, pairs: Sequence[Scored]) -> list[tuple[float, ...]]:
        if not pairs:
            return []
        sources = [[self._tokens[token] for token in source] for source, _ in pairs]
        forced = self.own_defaults.get("forced_bos_token_id")
        first = [] if forced is None else [forced]
        texts = [[self._tokens[token] for token in (*first, *text)] for _, text in pairs]
        found = self._unrestricted(self._threads).score_batch(
            sources, texts, max_batch_size=_SCORED_TOKENS, batch_type="tokens", max_input_length=0
        )
        return [tuple(each.log_probs[len(first) :]) for each in found]

    def _by_map(self, requests: Sequence[Restricted]) -> Iterator[tuple[VocabularyMap, Sequence[Restricted]]]:
        """The requests by map; one serves all where they allow their sources' words and the same others."""
        if not requests:
            return
        served = self._map is not None and all(self._map.serves(request, self._edges) for request in requests)
        if (shared := self._map if served else shared_map(requests, self._edges, self._map)) is not None:
            yield shared, requests
            return
        for allowed in dict.fromkeys(allowed for _, allowed in requests):
            yield VocabularyMap(allowed | self._always), [request for request in requests if request[1] == allowed]

    def _unrestricted(self, batches: int) -> ctranslate2.Translator:
        """The model with its whole vocabulary, for batches side by side or for one; the last is held."""
        workers = self._threads if batches > 1 else 1
        if self.free is None or self.free.num_translators != workers:
            self.free = None  # before another is loaded: two would be held at once
            self.free = self._loaded(workers)
        return self.free

    def _holding(self, vocabulary: VocabularyMap) -> ctranslate2.Translator:
        """The model with that map, loaded when it is first used; the last is held."""
        if self.restricted is None or self._map != vocabulary:
            self.restricted = None
            self.restricted, self._map = self._loaded(self._threads, vocabulary), vocabulary
        return self.restricted

    def _loaded(self, workers: int, vocabulary: VocabularyMap | None = None) -> ctranslate2.Translator:
        try:
            return self._read(workers, vocabulary)
        except (OSError, RuntimeError):  # the cache was cleared since, or is being cleared
            self._converted = self._converted.again()
            return self._read(workers, vocabulary)

    def _read(self, workers: int, vocabulary: VocabularyMap | None) -> ctranslate2.Translator:
        folder, files = self._converted.folder, {}
        if vocabulary is not None:
            files = {name: (folder / name).read_bytes() for name in _FILES}
            files["vmap.txt"] = "\n".join(vocabulary.lines(self._tokens)).encode()
        with others_kept():
            return ctranslate2.Translator(
                str(folder),
                compute_type=self._compute,
                inter_threads=workers,
                intra_threads=self._threads // workers,
                **({"files": files} if files else {}),
            )

    def _run(
        self, translator: ctranslate2.Translator, batches: Sequence[Sequence[Key]], search: "_Search"
    ) -> dict[Key, tuple[Candidate, ...]]:
        """The answers to batches that are worked on side by side."""
        waiting = [(batch, self._begun(translator, batch, search)) for batch in batches]
        return {
            key: self._candidates(key, answer.result(), search)
            for batch, answers in waiting
            for key, answer in zip(batch, answers, strict=True)
        }

    def _begun(self, translator: ctranslate2.Translator, batch: Sequence[Key], search: "_Search") -> list[Any]:
        sources = [[self._tokens[token] for token in source] for source, _ in batch]
        prefix = None if search.prefix is None else [search.prefix] * len(batch)
        options = dict(search.options)
        ((_, allowed), *_) = batch
        if allowed is not None:  # a batch of one
            options |= {"use_vmap": True, "disable_unk": self._unknown not in allowed | self._always}
        return list(translator.translate_batch(sources, prefix, asynchronous=True, **options))

    def _candidates(self, key: Key, answer: Any, search: "_Search") -> tuple[Candidate, ...]:
        """What was found, the best first, less what a dead end made the search write in spite of all rules.

        CTranslate2 answers a source of no tokens but those of its edges with nothing at all.
        """
        permitted = None if key[1] is None else key[1] | self._always
        found: list[tuple[float, Candidate]] = []
        for hypothesis, score in zip(answer.hypotheses, answer.scores, strict=True):
            tokens = [self._ids[token] for token in hypothesis]
            if tokens and (permitted is None or permitted.issuperset(tokens)):
                tokens, rank, mean = search.finished(tokens, score)
                found.append((rank, self._candidate(tokens, mean)))
        if not found:
            return (self._candidate(self.own_defaults["eos_token_id"][:1], _DEAD_END),)
        return distinct([candidate for _, candidate in sorted(found, key=lambda each: -each[0])])


class _Search:
    """One way of searching, in CTranslate2's terms."""

    def __init__(
        self, own: Mapping[str, Any], settings: GenerationSettings, longest: int | None, tokens: Sequence[str]
    ) -> None:
        self._most = most_tokens(own, settings, longest)
        self._ends = own["eos_token_id"]
        self._forced_end = own.get("forced_eos_token_id")
        width = beams(own, settings)
        stated = settings.length_penalty if settings.length_penalty is not None else own.get("length_penalty", 1.0)
        self._penalty = float(stated) if width > 1 else 1.0
        repeats = settings.no_repeat_ngram
        forced = own.get("forced_bos_token_id")
        self.prefix = None if forced is None else [tokens[forced]]
        # An end that is forced takes the last place, so the search itself has one less
        longest_search = max(1, self._most - (self._forced_end is not None))
        self.options = {
            "beam_size": width,
            "num_hypotheses": settings.candidates,
            "length_penalty": self._penalty,
            "no_repeat_ngram_size": own.get("no_repeat_ngram_size", 0) if repeats is None else repeats,
            "max_decoding_length": longest_search,
            "min_decoding_length": min(fewest_tokens(own, settings, self._most), longest_search),
            "max_input_length": 0,
            "end_token": self._ends,
            "return_end_token": True,
            "return_scores": True,
        }

    def finished(self, tokens: list[int], score: float) -> tuple[list[int], float, float]:
        """(the text with its forced end, what it ranks by, its mean log-probability).

        CTranslate2 divides by the length that it wrote; transformers ranks by that with the forced tokens, whose
        log-probability is 0, and newsum's scores leave them out.
        """
        length = len(tokens)
        total = score * length**self._penalty
        counted = max(1, length - (self.prefix is not None))
        if self._forced_end is not None and tokens[-1] not in self._ends:
            last = self._forced_end[0] if isinstance(self._forced_end, list) else self._forced_end
            tokens = [*tokens[: self._most - 1], last]
        return tokens, total / len(tokens) ** self._penalty, total / counted
