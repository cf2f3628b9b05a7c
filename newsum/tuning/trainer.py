"""Pairs -> checkpoints: fine-tune a BART to write one line from one to three source sentences.

Sentences are joined by " | ". The loss is cross-entropy over the words of the batch (its sources,
its targets and the commonest pieces) rather than the whole vocabulary: a sampled softmax with the
batch's own words as negatives (Jean et al. 2015), which is 1.7 times as fast on a CPU and is near to
how the model is used, choosing among its evidence's words. The last tenth uses the whole vocabulary.

Two stages, one schedule: compression and merging first, so that the decoder learns to write; fusion
of several outlets' sentences after. A run is seeded and restarts from its last checkpoint.
"""

import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from newsum.errors import needing
from newsum.generation.torch.loading import fitting_type
from newsum.tuning.pairs import Pair
from newsum.writing.options import SEPARATOR

with needing("torch", "tuning"):
    import torch
    import torch.nn.functional as F

__all__ = ["Settings", "evaluate", "train"]

_STAGES: tuple[dict[str, int], ...] = (
    {"compress": 1, "union": 1, "merge": 1},
    {"summary": 3, "points": 3, "parallel": 2, "union": 1, "merge": 1, "compress": 1},
)
_COMMON = 400  # pieces that every batch's softmax has, whatever its texts


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run depends on; kept beside its checkpoints.

    Attributes:
        tokens: source and target tokens a step, padding included.
        stage_sizes: pairs drawn in each stage.
    """

    seed: int = 0
    tokens: int = 2600
    stage_sizes: tuple[int, int] = (40_000, 50_000)
    source_length: int = 144
    target_length: int = 56
    encoder_rate: float = 1e-4
    decoder_rate: float = 5e-4
    warm_up: int = 150
    whole_vocabulary: float = 0.1
    save_every: int = 250


def schedule(pairs: Sequence[Pair], settings: Settings) -> list[Pair]:
    """The pairs in the order in which they are learned."""
    rng = random.Random(settings.seed)
    order: list[Pair] = []
    for shares, size in zip(_STAGES, settings.stage_sizes, strict=True):
        by_kind = {kind: [p for p in pairs if p.kind == kind] for kind in shares}
        if order:  # in the second stage the plentiful kinds must not drown the fusions
            most = 2 * max(len(by_kind[k]) for k in ("summary", "parallel", "points"))
            by_kind = {k: rng.sample(v, min(len(v), max(most, 1))) for k, v in by_kind.items()}
        stage = [p for kind, times in shares.items() for p in by_kind[kind] * times]
        rng.shuffle(stage)
        order += stage[:size]
    return order


def _batches(order: Sequence[Pair], tokenizer: Any, settings: Settings) -> list[list[tuple[list[int], list[int]]]]:
    """Encoded pairs in batches of like length; neighbours in the schedule stay near each other."""
    rng = random.Random(settings.seed + 1)
    batches: list[list[tuple[list[int], list[int]]]] = []
    for begin in range(0, len(order), 2000):
        encoded = []
        for pair in order[begin : begin + 2000]:
            sources = rng.sample(pair.source, len(pair.source))
            source = tokenizer(SEPARATOR.join(sources)).input_ids
            target = tokenizer(pair.target).input_ids
            if len(source) <= settings.source_length and len(target) <= settings.target_length:
                encoded.append((source, target))
        encoded.sort(key=lambda e: len(e[0]))
        chunk: list[list[tuple[list[int], list[int]]]] = [[]]
        for item in encoded:
            width = len(item[0]) + settings.target_length // 2
            if chunk[-1] and (len(chunk[-1]) + 1) * width > settings.tokens:
                chunk.append([])
            chunk[-1].append(item)
        rng.shuffle(chunk)
        batches += chunk
    return batches


def _padded(rows: Sequence[Sequence[int]], fill: int) -> torch.Tensor:
    width = max(map(len, rows))
    return torch.tensor([[*row, *[fill] * (width - len(row))] for row in rows])


def loss_of(model: Any, batch: Sequence[tuple[list[int], list[int]]], pieces: torch.Tensor | None) -> torch.Tensor:
    """Mean cross-entropy a target token; over `pieces` and the batch's own, or over the whole vocabulary."""
    device, pad = model.device, model.config.pad_token_id
    source = _padded([s for s, _ in batch], pad).to(device)
    target = _padded([t for _, t in batch], pad).to(device)
    hidden = model.model(
        input_ids=source,
        attention_mask=(source != pad).long(),
        decoder_input_ids=target[:, :-1],  # a target begins with [CLS], which is the decoder's start
    ).last_hidden_state
    gold, weight = target[:, 1:], model.model.shared.weight
    keep = gold != pad
    if pieces is not None:
        inside = torch.unique(torch.cat([pieces.to(device), source.flatten(), target.flatten()]))
        gold, weight = torch.searchsorted(inside, gold.contiguous()), weight[inside]
    return F.cross_entropy(hidden[keep] @ weight.T, gold[keep])


def _optimiser(model: Any, settings: Settings) -> torch.optim.Optimizer:
    encoder = list(model.model.encoder.parameters())  # with the shared embeddings
    known = {id(p) for p in encoder}
    decoder = [p for p in model.parameters() if id(p) not in known]
    return torch.optim.AdamW(
        [{"params": encoder, "lr": settings.encoder_rate}, {"params": decoder, "lr": settings.decoder_rate}],
        betas=(0.9, 0.98),
        weight_decay=0.01,
    )


def _rate(step: int, total: int, warm_up: int) -> float:
    return min((step + 1) / warm_up, max(0.02, (total - step) / max(1, total - warm_up)))


def train(
    model: Any, tokenizer: Any, pairs: Sequence[Pair], run: Path, settings: Settings
) -> Iterator[dict[str, float]]:
    """Train, yielding {"step", "steps", "loss", "seconds"} every 25 steps; the last state is in run/checkpoint.pt.

    A run folder with a checkpoint is continued where it stopped.
    """
    run.mkdir(parents=True, exist_ok=True)
    (run / "settings.json").write_text(json.dumps(asdict(settings), indent=2) + "\n")
    torch.manual_seed(settings.seed)
    batches = _batches(schedule(pairs, settings), tokenizer, settings)
    optimiser = _optimiser(model, settings)
    plan = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: _rate(s, len(batches), settings.warm_up))
    begin = _resume(run, model, optimiser, plan)
    common = _commonest(batches)
    halved = fitting_type(model.device) == torch.bfloat16
    model.train()
    running, clock = 0.0, time.monotonic()
    for step in range(begin, len(batches)):
        whole = step >= (1 - settings.whole_vocabulary) * len(batches)
        with torch.autocast(model.device.type, torch.bfloat16, enabled=halved):
            loss = loss_of(model, batches[step], None if whole else common)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        plan.step()
        optimiser.zero_grad(set_to_none=True)
        running += loss.item()
        if (step + 1) % 25 == 0 or step + 1 == len(batches):
            seen = step % 25 + 1
            yield {
                "step": step + 1,
                "steps": len(batches),
                "loss": running / seen,
                "seconds": time.monotonic() - clock,
            }
            running = 0.0
        if (step + 1) % settings.save_every == 0 or step + 1 == len(batches):
            _save(run, model, optimiser, plan, step + 1)


def evaluate(model: Any, tokenizer: Any, pairs: Sequence[Pair], settings: Settings) -> dict[str, tuple[int, float]]:
    """For each kind of pair, how many there are and the mean cross-entropy of a target token, in nats."""
    model.eval()
    found = {}
    for kind in sorted({pair.kind for pair in pairs}):
        batches = _batches([pair for pair in pairs if pair.kind == kind], tokenizer, settings)
        sizes = [sum(len(target) - 1 for _, target in batch) for batch in batches]
        with torch.inference_mode():
            losses = [loss_of(model, batch, None).item() for batch in batches if batch]
        total = sum(loss * size for loss, size in zip(losses, filter(None, sizes), strict=True))
        found[kind] = (sum(map(len, batches)), total / max(1, sum(sizes)))
    return found


def _commonest(batches: Sequence[Sequence[tuple[list[int], list[int]]]]) -> torch.Tensor:
    counts = torch.bincount(torch.tensor([t for b in batches for _, target in b for t in target]))
    return counts.topk(min(_COMMON, len(counts))).indices


def _save(run: Path, model: Any, optimiser: Any, plan: Any, step: int) -> None:
    state = {
        "model": model.state_dict(),
        "optimiser": optimiser.state_dict(),
        "plan": plan.state_dict(),
        "step": step,
        "random": torch.get_rng_state(),  # dropout's: without it a resumed run is another run
    }
    torch.save(state, run / "checkpoint.part")
    (run / "checkpoint.part").replace(run / "checkpoint.pt")


def _resume(run: Path, model: Any, optimiser: Any, plan: Any) -> int:
    if not (run / "checkpoint.pt").exists():
        return 0
    state = torch.load(run / "checkpoint.pt", weights_only=True)
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    plan.load_state_dict(state["plan"])
    if "random" in state:
        torch.set_rng_state(state["random"])
    return int(state["step"])
