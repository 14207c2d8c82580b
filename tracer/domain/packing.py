"""Records that travel between processes and to disk by the thousand."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar


class Packed:
    """A frozen data class that is pickled as its class and the values of its fields.

    What data classes with slots do by themselves sets each field through a look-up of all of them, which takes several
    times as long. All fields must be taken by the constructor, in order.
    """

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Any]]

    def __reduce__(self) -> tuple[Any, ...]:
        """The constructor and what to call it with."""
        kind: Any = type(self)
        return kind, _values_of(kind)(self)


@cache
def _values_of(kind: type[Any]) -> Callable[[Packed], tuple[Any, ...]]:
    """What takes the values of all fields from a record of a kind, at once."""
    names = tuple(kind.__dataclass_fields__)
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)
