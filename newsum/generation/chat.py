"""A causal checkpoint as a `Writer`: its chat form around newsum's prompt, room for the answer, the answer.

In: `Prompt`s. Out: `Candidate`s. The chat form is the checkpoint's own template (Jinja, run in a sandbox that reaches
nothing), rendered here so that every engine reads the same tokens; a checkpoint without one goes on from the reports.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Any

from newsum.errors import CheckpointError
from newsum.generation.checkpoints import Checkpoint, Located, fetch, read_object
from newsum.generation.completion import CausalModel, Completion
from newsum.generation.prompting import Message, continuation, messages
from newsum.generation.writer import Candidate, Excerpt, Prompt

__all__ = ["ChatModel", "template_of"]

_ROOM = 4  # of so many tokens of the window one is kept for the brief
_TOKENS_A_WORD = 1.5  # of English news; more for who writes in figures and names
_SPARE = 32  # tokens, so that a last sentence ends
_LONGEST_TEMPLATE, _DEEPEST_TEMPLATE = 100_000, 100  # characters, brackets; Jinja takes minutes for thousands
_TEMPERATURE = 0.7  # where several candidates are wanted

Render = Callable[[Sequence[Message]], str]


class ChatModel:
    """A causal model that is asked for briefs.

    Args:
        render: its chat form; None for a model that knows none.
    """

    def __init__(self, model: CausalModel, render: Render | None) -> None:
        self._model = model
        self._render = render
        self.window = model.checkpoint.window - model.checkpoint.window // _ROOM

    @property
    def checkpoint(self) -> Checkpoint:
        return self._model.checkpoint

    @property
    def name(self) -> str:
        return self.checkpoint.name

    @property
    def revision(self) -> str:
        return self.checkpoint.revision

    @property
    def engine(self) -> str:
        return self._model.engine

    def count(self, text: str) -> int:
        """The tokens of a text."""
        return len(self._model.encode(text))

    def shown(self, prompt: Prompt) -> str:
        """What the model reads for a prompt."""
        reports = tuple(Excerpt(self._model.clean(e.outlet), self._model.clean(e.text)) for e in prompt.excerpts)
        clean = Prompt(instruction=prompt.instruction, excerpts=reports, words=prompt.words)
        return continuation(clean) if self._render is None else self._render(messages(clean))

    def write(self, prompts: Sequence[Prompt], /) -> list[tuple[Candidate, ...]]:
        return [self._written(prompt) for prompt in prompts]

    def _written(self, prompt: Prompt) -> tuple[Candidate, ...]:
        ids = self._model.encode(self.shown(prompt), opened=self._render is None)
        room = self.checkpoint.window - len(ids)
        if room < 1:
            return ()  # what packing reckoned does not hold: nothing is better than a brief of half a prompt
        how = Completion(
            max_tokens=min(room, int(_TOKENS_A_WORD * prompt.words) + _SPARE),
            candidates=prompt.candidates,
            temperature=_TEMPERATURE if prompt.candidates > 1 else None,
        )
        return self._model.complete([ids], how, seed=prompt.seed)[0]


# What a template's own expressions may raise: a key that is not there, a sum of text and number, a division by zero
_OF_TEMPLATES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def template_of(located: Located) -> Render | None:
    """A checkpoint's chat form; None where it has none.

    Raises:
        CheckpointError: it is no template.
    """
    path = fetch(located, "tokenizer_config.json")
    config = {} if path is None else read_object(path)
    own = fetch(located, "chat_template.jinja")
    source = config.get("chat_template") if own is None else own.read_text(encoding="utf-8")
    if isinstance(source, list):  # several, by name
        source = {str(each.get("name")): each.get("template") for each in source}.get("default")
    if not isinstance(source, str):
        return None
    return _compiled(source, config, located.source)


def _depth(source: str) -> int:
    """How many brackets stand inside one another at most."""
    steps = (1 if sign in "([{" else -1 if sign in ")]}" else 0 for sign in source)
    return max(accumulate(steps), default=0)


def _compiled(source: str, config: Mapping[str, Any], where: str) -> Render:
    from jinja2 import TemplateError
    from jinja2.ext import loopcontrols
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    if len(source) > _LONGEST_TEMPLATE or _depth(source) > _DEEPEST_TEMPLATE:
        raise CheckpointError(f"the chat template of {where} is longer or nested deeper than any: save it again")

    def refuse(message: str) -> None:
        raise TemplateError(message)

    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
    # The day that some templates tell is always the same, or the same articles would give another brief tomorrow
    environment.globals |= {"raise_exception": refuse, "strftime_now": date(2024, 1, 1).strftime}
    tokens = {key: _content(value) for key, value in config.items() if key.endswith("_token") and value}
    try:
        template = environment.from_string(source)
    except TemplateError as error:
        raise CheckpointError(f"the chat template of {where} cannot be read ({error}): save it again") from error

    def rendered(chat: Sequence[Message]) -> str:
        # Thinking aloud costs a brief's length and is not printed: a template that asks is told not to.
        return template.render(messages=chat, add_generation_prompt=True, enable_thinking=False, **tokens)

    fails = (TemplateError, *_OF_TEMPLATES)

    def render(chat: Sequence[Message]) -> str:
        try:
            return rendered(chat)
        except fails:  # Gemma's and others' know no system's turn
            pass
        try:
            return rendered([{"role": "user", "content": "\n\n".join(message["content"] for message in chat)}])
        except fails as error:
            raise CheckpointError(f"the chat template of {where} refuses newsum's prompt ({error})") from error

    return render


def _content(token: Any) -> str:
    return str(token["content"]) if isinstance(token, Mapping) else str(token)
