"""Names that are written from right to left, kept from turning round the sentence they stand in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

_FIRST, _POP = "\u2068", "\u2069"
_FROM_RIGHT = frozenset({"R", "AL", "RLE", "RLO", "RLI"})


def isolating(names: Iterable[str]) -> Callable[[str], str]:
    """What puts isolates (Unicode Bidirectional Algorithm, FSI and PDI) around those of the names that need them.

    Linear in the names, and in each sentence times the number of such names.
    """
    turned = sorted({name for name in names if _is_turned(name)}, key=lambda name: (-len(name), name))
    if not turned:
        return str
    pattern = re.compile("|".join(map(re.escape, turned)))
    return lambda sentence: pattern.sub(lambda found: f"{_FIRST}{found.group()}{_POP}", sentence)


def _is_turned(name: str) -> bool:
    return not name.isascii() and any(unicodedata.bidirectional(char) in _FROM_RIGHT for char in name)
