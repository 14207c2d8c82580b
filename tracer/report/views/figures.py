"""Numbers in words a reader trusts: no probability of 1, no false decimals."""

from __future__ import annotations

from collections.abc import Sequence

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LEAST, _MOST = 0.005, 0.995


def probability(value: float) -> str:
    """Two digits, ``.07`` to ``.99``; ``<.01`` and ``>.99`` beyond: nothing inferred is certain."""
    if value < _LEAST:
        return "<.01"
    return ">.99" if value >= _MOST else f"{value:.2f}"[1:]


def percent(value: float) -> str:
    """A share of words in whole percent; ``<1%`` for a little, ``–`` for none."""
    if value <= 0:
        return "–"
    return "<1%" if value < _LEAST else f"{value:.0%}"


def count(number: int, noun: str = "", plural: str = "") -> str:
    """``one article``, ``five articles``, ``12 articles``: words up to ten, digits beyond."""
    shown = _WORDS[number] if 0 <= number < len(_WORDS) else f"{number:,}"
    if not noun:
        return shown
    return f"{shown} {noun if number == 1 else plural or noun + 's'}"


def origins(expected: float, low: int, high: int) -> str:
    """Independent origins: a whole number where the interval is one, else ``1.9 (1–2)``."""
    return str(low) if low == high else f"{expected:.1f} ({low}–{high})"


def listed(names: Sequence[str], most: int = 5) -> str:
    """``a``, ``a and b``, ``a, b and c``; more than ``most`` end in ``and 3 more``."""
    shown = list(names)
    if len(shown) > most:
        shown = [*shown[: most - 1], f"{len(shown) - most + 1} more"]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f" and {shown[-1]}" if shown else ""


def sentence_case(text: str) -> str:
    """``text`` with its first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]
