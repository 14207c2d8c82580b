"""Values of Arrow columns → values as JSON has them, whatever the bytes behind them are."""

from __future__ import annotations

from typing import Any

from tracer.read.byte_lines import UnreadableRestError

_MOST_ITEMS = 50
_ROW_BYTES = 64
_LARGE, _HIGHEST_RATIO = 50_000_000, 500
_NO_TIME = "a time that no calendar has"


class TooLongError(Exception):
    """A row holds more than a record may. Never leaves the ``read`` floor."""


class ArrowValues:
    """Values of the rows of a file of ``size`` bytes, each row of at most ``most`` bytes.

    Strings are decoded by themselves, so that a bad byte costs itself alone, and only once their length is known: a
    file may hold one long string and point to it from every row.
    """

    def __init__(self, most: int, size: int) -> None:
        import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy

        self._pa = pa
        self._most = most
        self._left = max(_LARGE, _HIGHEST_RATIO * size)
        self._room = most

    def checked(self, column: Any) -> Any:
        """A column that can be read without leaving its buffers, its strings as bytes.

        Raises:
            pyarrow.ArrowInvalid: its offsets or indices point outside.
        """
        column = getattr(column, "storage", column)
        kind = _with_bytes(column.type, self._pa)
        if kind != column.type:
            column = column.view(kind)
        column.validate(full=True)
        return column

    def row(self, columns: dict[str, Any], number: int) -> dict[str, object]:
        """The row ``number`` (from 0) of ``columns``, which are ``checked``.

        Raises:
            TooLongError: it is longer than rows may be.
            UnreadableRestError: the rows so far are far more than the file can mean to hold.
        """
        self._room = self._most
        try:
            return {name: self._value(column[number]) for name, column in columns.items()}
        finally:
            self._left -= self._most - max(0, self._room) + _ROW_BYTES
            if self._left < 0:
                raise UnreadableRestError("unpacks to far more than texts do; the rest is not read")

    def _value(self, scalar: Any) -> object:
        pa = self._pa
        if isinstance(scalar, pa.DictionaryScalar | pa.RunEndEncodedScalar):
            scalar = scalar.value
        if scalar is None or not scalar.is_valid:
            return None
        if isinstance(scalar, pa.BinaryScalar):
            return self._text(scalar)
        if isinstance(scalar, pa.ListScalar):
            values = scalar.values
            return [self._value(values[at]) for at in range(min(len(values), _MOST_ITEMS))]
        if isinstance(scalar, pa.StructScalar):
            return {str(name): self._value(value) for name, value in list(scalar.items())[:_MOST_ITEMS]}
        is_time = isinstance(scalar, pa.TimestampScalar | pa.Date32Scalar | pa.Date64Scalar)
        return self._time(scalar) if is_time else _plain(scalar)

    def _text(self, scalar: Any) -> str:
        buffer = scalar.as_buffer()
        self._room -= buffer.size
        if self._room < 0:
            raise TooLongError
        return str(buffer.to_pybytes(), "utf-8", "replace")

    def _time(self, scalar: Any) -> str:
        """As ISO 8601 writes it; in UTC where the zone is not known, and to the microsecond."""
        try:
            return str(scalar.as_py().isoformat())
        except Exception:  # noqa: BLE001, S110 - as above
            pass
        try:
            unit = "us" if scalar.type.unit == "ns" else scalar.type.unit
            plain = self._pa.timestamp(unit, "UTC" if scalar.type.tz else None)
            return str(scalar.cast(plain, safe=False).as_py().isoformat())
        except Exception:  # noqa: BLE001 - as above
            return _NO_TIME


def _plain(scalar: Any) -> object:
    try:
        return scalar.as_py()
    except Exception:  # noqa: BLE001 - what Arrow raises on hostile bytes cannot be listed
        return None


def _with_bytes(kind: Any, pa: Any) -> Any:
    """``kind`` with bytes for strings, which are laid out in the same way."""
    plain = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}
    if kind in plain:
        return plain[kind]
    if pa.types.is_dictionary(kind):
        return pa.dictionary(kind.index_type, _with_bytes(kind.value_type, pa), kind.ordered)
    if pa.types.is_struct(kind):
        fields = [kind.field(at) for at in range(kind.num_fields)]
        return pa.struct([field.with_type(_with_bytes(field.type, pa)) for field in fields])
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        item = kind.value_field.with_type(_with_bytes(kind.value_type, pa))
        return pa.list_(item) if pa.types.is_list(kind) else pa.large_list(item)
    return kind
