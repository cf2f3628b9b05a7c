"""`newsum models` lists the models that are at hand, and says how to bring others."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsum.cli.inputs import check_out
from newsum.cli.options import ListFormat, Out, list_form
from newsum.cli.terminal import deliver, row
from newsum.errors import CheckpointError
from newsum.system.paths import is_folder

if TYPE_CHECKING:
    from newsum.generation.catalogue import Known

__all__ = ["models"]

_BRINGING = """To bring a checkpoint to a machine without a connection, fetch it where there is one and copy the folder:
  hf download NAME --local-dir FOLDER --include '*.json' '*.jinja' '*.model' '*.txt' '*.safetensors'
  newsum summarise stories/treaty/ --model FOLDER
A model behind a server needs no checkpoint here: --endpoint URL --model NAME."""


def models(
    name: Annotated[str | None, typer.Argument(help="Tell all of this one.", show_default=False)] = None,
    form: ListFormat = None,
    out: Out = None,
) -> None:
    """List the models at hand: the bundled writer, and the checkpoints in the hub's cache.

    \b
    Examples:
      newsum models
      newsum models newsum-135m
      newsum models --format json

    Exit code 2 means that there is no model of that name; the names that are near it are told.
    """
    check_out(out, (), such_as="models.json")
    from newsum.generation.catalogue import known_models
    from newsum.system.memory import free_memory

    found = known_models()
    if name is not None:
        found = [one for one in found if one.name == name] or _missing(name)
    free = free_memory()
    if list_form(form, out) == "json":
        deliver(json.dumps([_facts(one, free) for one in found], ensure_ascii=False, indent=1) + "\n", out)
    elif name is not None:
        deliver("".join(_told(one, free) for one in found), out)
    else:
        deliver(f"{_table(found, free)}\n{_BRINGING}\n", out)


def _missing(name: str) -> "list[Known]":
    from newsum.generation.checkpoints import did_you_mean

    if is_folder(name):
        raise CheckpointError(f"{name} is a folder, not a model at hand by name: pass it as --model {name}")
    raise CheckpointError(f"no model {name} is at hand{did_you_mean(name)}; newsum models lists those that are")


def _table(found: "Sequence[Known]", free: int | None) -> str:
    rows = [("model", "where", "family", "size", "licence", "runs in", "fits this machine")]
    rows += [
        (k.name, k.place, k.family, _size(k.size), k.licence or "not said", k.engine or "nothing", _fits(k, free))
        for k in found
    ]
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(rows[0]))]
    padded = ("  ".join(f"{row(cell):{width}}" for cell, width in zip(cells, widths, strict=True)) for cells in rows)
    return "".join(f"{line.rstrip()}\n" for line in padded)


def _told(one: "Known", free: int | None) -> str:
    facts = [(key.replace("_", " "), value) for key, value in _facts(one, free).items() if value]
    return "".join(f"{row(key)}: {row(value)}\n" for key, value in facts)


def _facts(one: "Known", free: int | None) -> dict[str, Any]:
    return {
        "name": one.name,
        "where": one.place,
        "folder": str(one.folder),
        "family": one.family,
        "parameters": one.parameters,
        "size": _size(one.size),
        "licence": one.licence,
        "runs_in": one.engine,
        "fits_this_machine": _fits(one, free),
        "figures": one.figures,
        "trouble": one.trouble,
    }


def _fits(one: "Known", free: int | None) -> str:
    if one.trouble:
        return "cannot be loaded"
    if free is None:
        return f"takes {_size(one.memory)}"
    verdict = "yes" if one.memory < free else "no"
    return f"{verdict}: takes {_size(one.memory)} of {_size(free)} free"


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"
