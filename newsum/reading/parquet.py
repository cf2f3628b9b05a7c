"""Parquet files, data sets as `datasets` has them, and frames -> rows, one at a time.

In: a .parquet file; any object with `column_names` that gives mappings when it is gone through (`datasets.Dataset` and
`IterableDataset` do); a frame of pandas or polars. Out: rows for tables.py: field names in lower case, dates and times
as ISO text. A Parquet file is read in small batches, whatever its size. What its rows hold once decoded is reckoned
before it is, for a value that stands once in the file's dictionary can be a million rows' value.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from newsum.errors import needing
from newsum.reading.cleaning import one_line
from newsum.reading.decoding import MANY_ARTICLES
from newsum.reading.entries import Unreadable
from newsum.reading.fields import is_missing
from newsum.reading.tables import Row
from newsum.system.paths import is_file

__all__ = ["Frame", "Rows", "dataset_rows", "parquet_mappings", "parquet_rows"]

_BATCH = 64  # rows; a hundred articles of a story in each would be 30 MB


@runtime_checkable
class Rows(Protocol):
    """A data set in memory, on disk or streamed."""

    @property
    def column_names(self) -> Any: ...

    def __iter__(self) -> Iterator[Any]: ...


@runtime_checkable
class Frame(Protocol):
    """A table in memory, of pandas or of polars."""

    @property
    def columns(self) -> Any: ...

    @property
    def shape(self) -> Any: ...


class OutOfRange:
    """Stands for a moment that Python has no date for, as a column of other numbers, read as dates, has them."""

    def __str__(self) -> str:
        return "out of range"


def dataset_rows(data: Iterable[Mapping[str, Any]] | Frame) -> Iterator[Row]:
    """The rows of a data set or frame, each with its number.

    Raises:
        Unreadable: a row of a data set cannot be made out.
    """
    if isinstance(data, Frame) and not isinstance(data, Rows):
        data = _frame_rows(data)
    number = 0
    try:
        for number, row in enumerate(data, start=1):
            yield number, _fields(row)
    except (*_NO_VALUE, RecursionError) as error:
        raise Unreadable(f"its row {number + 1} cannot be read: {one_line(str(error))[:200]}") from error


def parquet_rows(path: Path) -> Iterator[Row]:
    """The file's rows, each with its number; raises as `parquet_mappings` does."""
    yield from dataset_rows(parquet_mappings(path))


def parquet_mappings(path: Path) -> Iterator[Mapping[str, Any]]:
    """The file's rows, each by its columns as they are called.

    Raises:
        MissingExtra: pyarrow is not installed.
        Unreadable: it is not Parquet, is broken, or has parts too big to be read one at a time.
    """
    with needing("datasets", "a Parquet file"):
        import pyarrow
        from pyarrow.parquet import ParquetFile

    if not is_file(path):  # a pipe or a device would block for ever
        raise Unreadable("it is not a regular file")
    decoded = 0
    try:
        with ParquetFile(path) as file:
            _refuse_big(file.metadata)
            texts = _text_columns(file.metadata)
        with ParquetFile(path, read_dictionary=texts) as file:
            for batch in file.iter_batches(_BATCH):
                decoded += sum(map(_decoded, batch.columns))
                if decoded > MANY_ARTICLES:
                    raise Unreadable(
                        f"its rows hold more than {MANY_ARTICLES // 1_000_000} MB decompressed, newsum's limit for a "
                        "table of articles; split it"
                    )
                yield from _rows(batch)
    except (pyarrow.ArrowException, OSError, ValueError, RecursionError) as error:
        reason = one_line(str(error).partition("\n")[0])[:200]
        raise Unreadable(f"it is not a Parquet file that can be read: {reason}") from error


def _frame_rows(frame: Any) -> Iterable[Mapping[str, Any]]:
    """The rows of polars or pandas, made into dictionaries in batches."""
    if hasattr(frame, "iter_slices"):
        for part in frame.iter_slices(_BATCH):
            columns = [_values(part.get_column(name)) for name in part.columns]
            yield from (dict(zip(part.columns, row, strict=True)) for row in zip(*columns, strict=True))
        return
    for start in range(0, len(frame), _BATCH):
        part = frame.iloc[start : start + _BATCH]
        try:
            yield from part.to_dict("records")
        except (*_NO_VALUE, LookupError):  # columns that are called alike, or nan
            columns = [[_value(part.iloc[:, n].iloc, at) for at in range(len(part))] for n in range(len(part.columns))]
            yield from (dict(zip(part.columns, row, strict=True)) for row in zip(*columns, strict=True))


def _rows(batch: Any) -> Iterable[Mapping[str, Any]]:
    """An Arrow batch's rows."""
    try:
        yield from batch.to_pylist()
    except _NO_VALUE:
        columns = [[_value(column, at) for at in range(len(column))] for column in batch.columns]
        yield from (dict(zip(batch.schema.names, row, strict=True)) for row in zip(*columns, strict=True))


# What pyarrow, pandas and polars raise for a value that Python cannot hold.
_NO_VALUE = (OverflowError, ValueError, NotImplementedError)


def _values(series: Any) -> list[Any]:
    """A polars column's values."""
    try:
        return list(series.to_list())
    except _NO_VALUE:
        pass
    except BaseException as error:
        if not _is_panic(error):
            raise
    return [_value(series, at) for at in range(len(series))]


def _value(column: Any, at: int) -> Any:
    try:
        value = column[at]
        return value.as_py() if hasattr(value, "as_py") else value
    except _NO_VALUE:
        return OutOfRange()
    except BaseException as error:
        if not _is_panic(error):
            raise
        return OutOfRange()


def _is_panic(error: BaseException) -> bool:
    """Whether it is Rust's own way to fail, which no class that can be imported stands for."""
    return type(error).__name__ == "PanicException"


def _text_columns(metadata: Any) -> list[str]:
    """The paths of the columns that hold text or bytes."""
    columns = (metadata.schema.column(n) for n in range(metadata.num_columns))
    return [column.path for column in columns if column.physical_type == "BYTE_ARRAY"]


def _decoded(array: Any) -> int:
    """The bytes of an array once each of its values stands by itself."""
    from pyarrow import compute, types

    kind = array.type
    if types.is_dictionary(kind):
        sizes = compute.binary_length(array.dictionary).take(array.indices)
        return compute.sum(sizes).as_py() or 0
    if types.is_struct(kind):
        return sum(map(_decoded, array.flatten()))
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return _decoded(array.flatten())
    if types.is_map(kind):
        return _decoded(array.keys) + _decoded(array.items)
    return int(array.nbytes)


def _refuse_big(metadata: Any) -> None:
    """A row group is decompressed as a whole, and may swell to whatever it says."""
    biggest = max((metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups)), default=0)
    if biggest > MANY_ARTICLES:
        raise Unreadable(
            f"one of its row groups holds {biggest // 1_000_000} MB, more than newsum's {MANY_ARTICLES // 1_000_000}; "
            "write it with smaller row groups"
        )


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name).strip().lower(): _as_json_has_it(value) for name, value in row.items()}


def _as_json_has_it(value: Any) -> Any:
    if hasattr(value, "tolist"):  # an array or a number of numpy's
        value = value.tolist()
    if isinstance(value, Mapping) and value and all(isinstance(cells, list) for cells in value.values()):
        value = [dict(zip(value, cells, strict=False)) for cells in zip(*value.values(), strict=False)]  # a Sequence's
    if isinstance(value, list):
        return [_fields(item) if isinstance(item, Mapping) else _as_json_has_it(item) for item in value]
    if isinstance(value, date) and not is_missing(value):  # a datetime is a date too, and so is pandas' NaT
        try:
            return value.isoformat()
        except _NO_VALUE:  # pandas' own dates go further than Python's
            return OutOfRange()
    return value
