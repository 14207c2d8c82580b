"""Records that travel between processes and to disk by the thousand."""

from __future__ import annotations

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
        return type(self), tuple([getattr(self, name) for name in self.__dataclass_fields__])
