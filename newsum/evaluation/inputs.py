"""Predictions and references in any of their forms -> one text (or summary), or tuple of references, a story.

A prediction is a string or a `Summary`; a reference a string, or a list of strings where a story has several. They
come as a sequence, a `datasets` or pandas table, a file (.jsonl, .json, .csv, .tsv, .parquet, .txt with one a line,
the first four also as .gz) or a folder with one brief a file. In a table the column is found by its name.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsum.errors import ReadingError, SettingsError, SummaryError
from newsum.reading.cleaning import one_line
from newsum.reading.decoding import MANY_ARTICLES, load
from newsum.reading.entries import Unreadable
from newsum.reading.parquet import parquet_mappings
from newsum.summary import Summary
from newsum.system.paths import expanded, is_folder, is_there

__all__ = ["Prediction", "Reference", "pair", "predictions_in", "references_in"]

_PREDICTION_COLUMNS = ("prediction", "predictions", "summary", "brief", "text")
_REFERENCE_COLUMNS = ("references", "reference", "highlights", "target", "summary", "text")
_ID_COLUMNS = ("story_id", "id")
_FIELD = 10_000_000  # characters in a CSV cell; the csv module's own limit, 131,072, is a long article's length


@dataclass(frozen=True, slots=True)
class Prediction:
    """A brief to be scored; `text` is what is scored, `id` the story's where it was given."""

    text: str
    id: str | None = None
    summary: Summary | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    texts: tuple[str, ...]
    id: str | None = None


Rows = Iterable[tuple[str | None, Any]]


def predictions_in(given: Any, column: str | None = None) -> list[Prediction]:
    """Every prediction, in order.

    Raises:
        ReadingError: a file is missing or malformed, or has no such column.
        SettingsError: a value is neither text nor a summary.
    """
    rows = _rows(given, "predictions", column, _PREDICTION_COLUMNS)
    return [_prediction(number, identity, value) for number, (identity, value) in enumerate(rows, start=1)]


def references_in(given: Any, column: str | None = None) -> list[Reference]:
    """Every story's references, in order; raises as `predictions_in` does."""
    rows = _rows(given, "references", column, _REFERENCE_COLUMNS)
    return [_reference(number, identity, value) for number, (identity, value) in enumerate(rows, start=1)]


def pair(predictions: Sequence[Prediction], references: Sequence[Reference]) -> list[tuple[Prediction, Reference]]:
    """Each prediction with its references: by story id where both sides have one, else by order.

    Raises:
        SettingsError: there are more of one than of the other, none at all, or an id is on one side only.
    """
    if len(predictions) != len(references):
        raise SettingsError(
            f"every story needs one prediction: predictions given {len(predictions)}, stories with references "
            f"{len(references)}"
        )
    if not predictions:
        raise SettingsError("there are no predictions to evaluate")
    by_id = {reference.id: reference for reference in references}
    own = {prediction.id for prediction in predictions}
    if None in by_id or None in own or len(own) != len(predictions):
        return list(zip(predictions, references, strict=True))
    missing = sorted(str(identity) for identity in own - set(by_id))
    if missing:
        raise SettingsError(f"no reference has the story id of the predictions {', '.join(missing[:5])}")
    return [(prediction, by_id[prediction.id]) for prediction in predictions]


def _prediction(number: int, identity: str | None, value: Any) -> Prediction:
    if isinstance(value, Mapping) and "lines" in value:
        try:
            value = Summary.from_dict(value)
        except SummaryError as error:
            raise ReadingError(f"prediction {number}: {error}") from error
    if isinstance(value, Summary):
        return Prediction(value.text, value.story_id or identity, value)
    if not isinstance(value, str):
        raise SettingsError(f"prediction {number} must be text or a Summary, not {type(value).__name__}")
    return Prediction(value, identity)


def _reference(number: int, identity: str | None, value: Any) -> Reference:
    texts = _listed(value)
    if texts is None:
        texts = [value]
    for text in texts:
        if _listed(text) is not None:
            raise SettingsError(
                f"the references of story {number} are nested too deep: give one text, or one list of texts, a story"
            )
    texts = [text.text if isinstance(text, Summary) else text for text in texts]
    wrong = next((text for text in texts if not isinstance(text, str)), "")
    if not isinstance(wrong, str):
        raise SettingsError(f"a reference of story {number} must be text, not {type(wrong).__name__}")
    if not texts or not all(text.strip() for text in texts):
        raise SettingsError(f"story {number} has {'an empty reference' if texts else 'no reference'}")
    return Reference(tuple(texts), identity)


def _listed(value: Any) -> list[Any] | None:
    """The items of a list, tuple or array; None for anything else."""
    if isinstance(value, list | tuple):
        return list(value)
    if hasattr(value, "tolist"):  # a numpy array, as pandas gives a Parquet file's lists
        listed = value.tolist()
        return listed if isinstance(listed, list) else None
    return None


# --- forms ------------------------------------------------------------------------------------


def _rows(given: Any, what: str, column: str | None, usual: Sequence[str]) -> Rows:
    if isinstance(given, str | Path):
        path = expanded(given)
        return _from_table(_read(path, what), str(path), column, usual)
    if isinstance(given, Mapping | Summary) or not isinstance(given, Iterable):
        raise SettingsError(f"{what} must be a list, a table or a file's path, not {type(given).__name__}")
    if hasattr(given, "to_dict") and hasattr(given, "columns"):  # pandas
        given = given.to_dict("records")
    return _from_table(given, what, column, usual)


def _from_table(rows: Iterable[Any], where: str, column: str | None, usual: Sequence[str]) -> Rows:
    """Mappings become the cell of the right column; anything else is its own value."""
    for row in rows:
        if isinstance(row, Mapping) and not ("lines" in row and column is None):
            identity = next((row[name] for name in _ID_COLUMNS if row.get(name) is not None), None)
            name = _column(row, where, column, usual)
            yield (None if identity is None else str(identity)), row[name]
        elif isinstance(row, tuple) and len(row) == 2 and isinstance(row[0], _Named):
            yield row[0], row[1]
        else:
            yield None, row


def _column(row: Mapping[str, Any], where: str, column: str | None, usual: Sequence[str]) -> str:
    if column is not None and column in row:
        return column
    found = ", ".join(f'"{one_line(str(name))[:40]}"' for name in list(row)[:12]) or "none"
    if column is not None:
        raise ReadingError(f'{where} has no column "{column}"; its columns are {found}')
    name = next((name for name in usual if row.get(name) is not None), None)
    if name is None:
        raise ReadingError(f"{where}: no column is called {' or '.join(usual)}; name one of its columns: {found}")
    return name


class _Named(str):
    """A story id that a file's name gave."""

    __slots__ = ()


# --- files ------------------------------------------------------------------------------------


def _read(path: Path, what: str) -> Iterable[Any]:
    if is_folder(path):
        return _folder(path)
    if not is_there(path):
        raise ReadingError(f"there is no file or folder {path} to read {what} from")
    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    reader = _READERS.get(suffix.lower())
    if reader is None:
        raise ReadingError(f"{path}: {what} are read from {', '.join(_READERS)} files and folders")
    try:
        return list(reader(path))
    except (Unreadable, OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReadingError(f"{path} cannot be read: {error}") from error


def _text(path: Path) -> str:
    """The file's text, decompressed where it is gzip; pipes, devices and what swells beyond all bounds are refused."""
    return load(path, MANY_ARTICLES).decode("utf-8-sig")


def _folder(folder: Path) -> Iterator[tuple[_Named, Any]]:
    """One brief a file, the file's name being the story's id; newsum's own JSON is read as a summary.

    A folder that a batch wrote has them in a folder of their own.
    """
    if (folder / "index.jsonl").is_file() and (folder / "briefs").is_dir():
        folder /= "briefs"
    files = [path for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md", ".json")]
    if not files:
        raise ReadingError(f"the folder {folder} holds no .txt, .md or .json file")
    for path in files:
        try:
            content = _text(path)
            yield _Named(path.stem), (_loads(content, str(path)) if path.suffix == ".json" else content.strip())
        except (Unreadable, OSError, UnicodeDecodeError) as error:
            raise ReadingError(f"{path} cannot be read: {error}") from error


def _json(path: Path) -> list[Any]:
    content = _loads(_text(path), str(path))
    return content if isinstance(content, list) else [content]


def _json_lines(path: Path) -> Iterator[Any]:
    for number, line in enumerate(io.StringIO(_text(path), newline="\n"), start=1):
        if line.strip():
            yield _loads(line, f"{path}, line {number}")


def _loads(text: str, where: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"{where} is not JSON: {error}") from error


def _csv(path: Path) -> Iterator[dict[str, str]]:
    delimiter = "\t" if ".tsv" in path.suffixes else ","
    usual = csv.field_size_limit(_FIELD)
    try:
        for number, row in enumerate(
            csv.DictReader(io.StringIO(_text(path), newline=""), delimiter=delimiter), start=1
        ):
            if None in row:
                raise ReadingError(f"{path}: row {number} has more cells than there are columns; put them in quotes")
            yield row
    finally:
        csv.field_size_limit(usual)


def _parquet(path: Path) -> list[dict[str, Any]]:
    return [dict(row) for row in parquet_mappings(path)]


def _lines(path: Path) -> list[str]:
    return _text(path).removesuffix("\n").split("\n")


_READERS: dict[str, Callable[[Path], Iterable[Any]]] = {
    ".jsonl": _json_lines,
    ".json": _json,
    ".csv": _csv,
    ".tsv": _csv,
    ".parquet": _parquet,
    ".txt": _lines,
}
