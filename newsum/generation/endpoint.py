"""A model behind a server as a `Writer`: any that speaks the chat completions of OpenAI's interface.

In: `Prompt`s. Out: their `Candidate`s, or for a prompt that the server failed an `EndpointError`, so that a batch goes
on. llama.cpp's server, Ollama, vLLM and the clouds are spoken to alike: one POST a prompt, JSON both ways.

A server is not trusted. Each prompt has its time, tries included, and an answer its size; a redirect is not followed,
for the articles and the key would go where nobody meant them to. The key is sent to the address alone: no repr, record,
message or log has it, nor what the server says of it.
"""

import hashlib
import json
import os
import random
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from newsum.errors import EndpointError, SettingsError
from newsum.generation.prompting import SYSTEM, messages
from newsum.generation.protocol import require_number, require_whole
from newsum.generation.writer import Candidate, Prompt
from newsum.system.logs import masked

if TYPE_CHECKING:
    import asyncio

    import httpx2

__all__ = ["KEY_VARIABLE", "ChatEndpoint"]

KEY_VARIABLE = "NEWSUM_API_KEY"

_PATH = "/chat/completions"
_TRIES = 3
_WAIT = 1.0  # seconds before the second try, twice that before the third, unless the server says how long
_LARGEST = 4_000_000  # bytes of an answer; a brief of 2,000 words in eight candidates is 100,000
_TOKENS_A_WORD = 2.0  # that a brief may have; other languages' and reasoning models' take more
_TEMPERATURE = 0.7  # where several candidates are wanted
_SHOWN = 200  # characters of what a server says, in a message
# Whose logs at DEBUG have the headers of an answer, in which a server may repeat the key
_LOGGERS = tuple(f"httpcore2.{part}" for part in ("connection", "http11", "http2", "proxy", "socks"))
_MAY_GO = frozenset({"max_tokens", "n", "seed", "temperature"})  # what a server may refuse to be told


@dataclass(frozen=True)
class ChatEndpoint:
    """A model behind an OpenAI-compatible server. Articles are sent to it.

    Args:
        url: where its interface begins, such as "http://localhost:11434/v1".
        model: what the server calls the model.
        key: sent as a bearer token; None takes the environment variable NEWSUM_API_KEY, or sends none.
        timeout: seconds for each brief, tries included.
        parallel: briefs that are asked for at a time.
        window: the most tokens that a prompt may have, reckoned from its words; what is beyond is left out of each
            article's end, and said. None sends articles whole: a server refuses what it has no room for, or cuts it.
        system: what the model is told before the prompt.
        transport: what carries the requests, for tests; an `httpx2.AsyncBaseTransport`.

    >>> endpoint = ChatEndpoint("http://localhost:11434/v1", "llama3.2", key="secret")
    >>> endpoint
    ChatEndpoint(url='http://localhost:11434/v1', model='llama3.2', timeout=120.0, parallel=1, window=None)
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 120.0
    parallel: int = 1
    window: int | None = None
    system: str = field(default=SYSTEM, repr=False)
    transport: Any = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        require_number("timeout", self.timeout, above=0.0)
        require_whole("parallel", self.parallel, at_least=1)
        if self.window is not None:
            require_whole("window", self.window, at_least=1)
        if not isinstance(self.model, str) or not self.model.strip():
            raise SettingsError(f"model={self.model!r} is not allowed: pass what the server calls the model")
        if self.key is not None and (not isinstance(self.key, str) or not _is_token(self.key)):
            raise SettingsError("the key is not allowed: pass one word of ASCII characters, or None")
        object.__setattr__(self, "url", _address(self.url))

    @property
    def name(self) -> str:
        return self.model

    @property
    def engine(self) -> str:
        """The address, for provenance; it holds neither a key nor a password."""
        return f"endpoint {self.url}"

    @property
    def revision(self) -> str:
        """What changes with the address, the model and what it is told; what the server runs it does not tell."""
        told = (self.url, self.model, self.system, self.window)
        return f"endpoint:{hashlib.sha256(repr(told).encode()).hexdigest()[:16]}"

    @property
    def is_local(self) -> bool:
        """Whether the server is this machine, so that no article leaves it."""
        return (urlsplit(self.url).hostname or "") in ("localhost", "127.0.0.1", "::1")

    def shown(self, prompt: Prompt) -> str:
        """What the model reads for a prompt."""
        return "\n\n".join(message["content"] for message in messages(prompt, self.system))

    def write(self, prompts: Sequence[Prompt], /) -> list[tuple[Candidate, ...] | EndpointError]:
        import asyncio  # 20 ms to load: only where a server is asked

        # In a thread of its own: the caller's may run an event loop, as a notebook's does
        with masked(_key(self), _LOGGERS), ThreadPoolExecutor(1, thread_name_prefix="newsum-endpoint") as apart:
            return apart.submit(lambda: asyncio.run(self._all(prompts))).result()

    async def _all(self, prompts: Sequence[Prompt]) -> list[tuple[Candidate, ...] | EndpointError]:
        import asyncio

        import httpx2

        turn = asyncio.Semaphore(self.parallel)
        # Its own limit for each step is longer than the whole has: `_within` ends what takes too long
        async with httpx2.AsyncClient(
            transport=self.transport, timeout=self.timeout + 1.0, follow_redirects=False, trust_env=not self.is_local
        ) as client:
            return await asyncio.gather(*(self._one(client, prompt, turn) for prompt in prompts))

    async def _one(
        self, client: "httpx2.AsyncClient", prompt: Prompt, turn: "asyncio.Semaphore"
    ) -> tuple[Candidate, ...] | EndpointError:
        import asyncio

        async with turn:
            try:
                return await asyncio.wait_for(_Conversation(self, client).written(prompt), self.timeout)
            except TimeoutError:
                return self._error(f"did not answer within {self.timeout:g} seconds: raise the timeout, or try later")
            except EndpointError as error:
                return error

    def _error(self, what: str) -> EndpointError:
        return EndpointError(f"the server at {self.url} {what}")


class _Refused(Exception):
    """A server that may answer if it is asked again."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


class _Conversation:
    """One prompt with its tries."""

    def __init__(self, endpoint: ChatEndpoint, client: "httpx2.AsyncClient") -> None:
        import asyncio

        self._endpoint = endpoint
        self._client = client
        self._headers = _headers(endpoint)
        self._until = asyncio.get_running_loop().time() + endpoint.timeout

    async def written(self, prompt: Prompt) -> tuple[Candidate, ...]:
        body = _body(self._endpoint, prompt)
        for number in range(_TRIES - 1):
            try:
                return await self._asked(body)
            except _Refused as refused:
                await self._wait(refused, _WAIT * 2**number * (1 + random.random() / 4))
        try:
            return await self._asked(body)
        except _Refused as refused:
            raise self._failed(f"{refused}, {_TRIES} times over: try later") from refused

    async def _wait(self, refused: _Refused, otherwise: float) -> None:
        import asyncio

        wait = otherwise if refused.wait is None else refused.wait
        if asyncio.get_running_loop().time() + wait >= self._until:
            raise self._failed(f"{refused}, and there is no time to ask again: raise the timeout, or try later")
        await asyncio.sleep(wait)

    async def _asked(self, body: dict[str, Any]) -> tuple[Candidate, ...]:
        """One answer; a parameter that the server names as one that it does not take is left out and asked again."""
        while True:
            status, headers, content = await self._sent(body)
            refused = _parameter(content) if status == 400 else None
            if refused not in _MAY_GO & body.keys():
                break
            del body[refused]
        self._require_good(status, headers, content)
        return self._read(content)

    async def _sent(self, body: Mapping[str, Any]) -> tuple[int, Mapping[str, str], bytes]:
        import httpx2

        content = bytearray()
        try:
            async with self._client.stream(
                "POST", self._endpoint.url + _PATH, json=body, headers=self._headers
            ) as answer:
                async for piece in answer.aiter_raw():
                    content += piece
                    if len(content) > _LARGEST:
                        raise self._failed(
                            f"sent more than {_LARGEST // 1_000_000} MB, which is no brief: check its address"
                        )
                return answer.status_code, answer.headers, bytes(content)
        except httpx2.ConnectError as error:
            raise self._failed(
                f"cannot be reached ({self._safe(str(error) or 'no connection')}): check that it runs and its address"
            ) from error
        except httpx2.TransportError as error:
            raise _Refused(f"broke off ({self._safe(str(error) or type(error).__name__)})") from error

    def _require_good(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        said = self._said(content)
        if status in (408, 409, 425, 429) or status >= 500:
            busy = "asks to be asked less often" if status == 429 else "failed"
            raise _Refused(f"{busy} ({status}{said})", _seconds(headers.get("retry-after")))
        if 300 <= status < 400:
            target = self._safe(headers.get("location", ""))
            raise self._failed(
                f"sends on to {target or 'another address'} ({status}), which newsum does not follow: "
                "pass the address that it names, if you trust it"
            )
        if status in (401, 403):
            raise self._failed(f"refuses the key ({status}{said}): set {KEY_VARIABLE}, or pass key=")
        if status == 404:
            raise self._failed(
                f"has no such page or no model {self._endpoint.model} ({status}{said}): "
                "check the address, which mostly ends in /v1, and the model's name"
            )
        if status != 200:
            raise self._failed(f"refuses the request ({status}{said})")
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if "json" not in kind:
            raise self._failed(
                f"answers with {self._safe(kind) or 'no content type'} and not with JSON: "
                "check the address, which mostly ends in /v1"
            )

    def _read(self, content: bytes) -> tuple[Candidate, ...]:
        try:
            choices = json.loads(content)["choices"]
            texts = [choice["message"].get("content") or "" for choice in choices]
            if not all(isinstance(text, str) for text in texts):
                raise TypeError
        except (ValueError, RecursionError) as error:
            raise self._failed("sent half an answer, or one that is no JSON: try again, or check it") from error
        except (KeyError, TypeError, AttributeError) as error:
            raise self._failed(
                "sent JSON without choices and messages: is it one of OpenAI's chat completions?"
            ) from error
        return tuple(Candidate(text) for text in dict.fromkeys(texts))

    def _said(self, content: bytes) -> str:
        """What the server says of a failure, after a colon; "" where it says nothing in words."""
        told = _error_of(content).get("message")
        return f": {self._safe(told)}" if isinstance(told, str) and told.strip() else ""

    def _safe(self, text: str) -> str:
        """A server's words as a part of one sentence, without the key."""
        key = self._headers.get("authorization", "").removeprefix("Bearer ")
        words = " ".join((text.replace(key, "[key]") if key else text).split())
        return "".join(c for c in words if c.isprintable())[:_SHOWN].rstrip(".")

    def _failed(self, what: str) -> EndpointError:
        return EndpointError(f"the server at {self._endpoint.url} {what}")


def _headers(endpoint: ChatEndpoint) -> dict[str, str]:
    """What goes with each request; "identity" so that nothing small unfolds to something large."""
    key = _key(endpoint)
    if key and not _is_token(key):
        raise EndpointError(f"{KEY_VARIABLE} holds no key, which is one word of ASCII characters: set it anew")
    told = {"accept": "application/json", "accept-encoding": "identity"}
    return told | ({"authorization": f"Bearer {key}"} if key else {})


def _key(endpoint: ChatEndpoint) -> str:
    """The key that is sent; "" for none."""
    return endpoint.key or os.environ.get(KEY_VARIABLE, "").strip()


def _body(endpoint: ChatEndpoint, prompt: Prompt) -> dict[str, Any]:
    several = prompt.candidates > 1
    return {
        "model": endpoint.model,
        "messages": messages(prompt, endpoint.system),
        "max_tokens": int(_TOKENS_A_WORD * prompt.words) + 100,
        "temperature": _TEMPERATURE if several else 0.0,
        "seed": prompt.seed,
        **({"n": prompt.candidates} if several else {}),
    }


def _parameter(content: bytes) -> str | None:
    """The parameter that a server says it does not take."""
    named = _error_of(content).get("param")
    return named if isinstance(named, str) else None


def _error_of(content: bytes) -> Mapping[str, Any]:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    error = answer.get("error", answer) if isinstance(answer, dict) else {}
    return error if isinstance(error, dict) else {"message": error}


def _seconds(stated: str | None) -> float | None:
    """How long a server asks to wait; None where it names no number."""
    try:
        return max(0.0, float(stated)) if stated else None
    except ValueError:
        return None


def _is_token(key: str) -> bool:
    return key.isascii() and key.isprintable() and bool(key) and not any(map(str.isspace, key))


def _address(url: object) -> str:
    """The address without what follows its path, and without the path that newsum adds itself.

    Raises:
        SettingsError: it is none, or holds a password.
    """
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
        complete = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that do not close, a port that is none
        complete = False
    if not complete:
        raise SettingsError(f'url={url!r:.80} is not an address: pass one such as "http://localhost:11434/v1"')
    if parts.username or parts.password or parts.query:
        raise SettingsError(
            f"the address of {parts.hostname} holds a name, a password or a query: pass the address alone, and a key "
            f"as key= or in {KEY_VARIABLE}"
        )
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/").removesuffix(_PATH), "", ""))
