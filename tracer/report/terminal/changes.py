"""Two readings of one passage as a single text in which every change is marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracer.report.terminal.plain import plain

_MOST_WORDS = 400
_KEPT_AROUND = 12
_EDGES = re.compile(r"^[^\w$€£¥+-]+|[^\w%$€£¥]+$")
_WORD = re.compile(r"\w+(?:['’]\w+)*")


def marked(left: str, right: str) -> str:
    """``the [-old-]{+new+} word``: words only on the left in ``[-…-]``, words only on the right in ``{+…+}``.

    Words are compared without regard to case and punctuation; the left's spelling is shown where they agree. Long
    stretches without a change are cut in the middle and say how much is left out, and so are readings of more than 400
    words. The texts are made plain first, and marks of this kind inside them are broken up. Cost: quadratic in at most
    400 words.
    """
    ours, theirs = (_defused(text).split() for text in (left, right))
    cut = max(len(ours), len(theirs)) - _MOST_WORDS
    ours, theirs = ours[:_MOST_WORDS], theirs[:_MOST_WORDS]
    shown = " ".join(_pieces(ours, theirs))
    return f"{shown} (… and up to {cut} more words)" if cut > 0 else shown


def _defused(text: str) -> str:
    return plain(text).replace("[-", "[ -").replace("-]", "- ]").replace("{+", "{ +").replace("+}", "+ }")


def _pieces(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - only for cards

    codes = Indel.opcodes([_key(word) for word in ours], [_key(word) for word in theirs])
    pieces: list[str] = []
    removed: list[str] = []
    added: list[str] = []
    for code in codes:
        if code.tag == "equal":
            pieces += _change(removed, added)
            removed, added = [], []
            pieces += _kept(ours[code.src_start : code.src_end])
        else:
            removed += ours[code.src_start : code.src_end]
            added += theirs[code.dest_start : code.dest_end]
    return pieces + _change(removed, added)


def _key(word: str) -> str:
    """What counts of a word: not its case nor the marks around it; within a number every mark does."""
    if any(char.isdigit() for char in word):
        return _EDGES.sub("", word.casefold())
    return "".join(_WORD.findall(word)).casefold().replace("’", "'") or word


def _change(removed: Sequence[str], added: Sequence[str]) -> list[str]:
    """One mark per side, joined so that a change reads as one word."""
    old = f"[-{' '.join(removed)}-]" if removed else ""
    new = f"{{+{' '.join(added)}+}}" if added else ""
    return [old + new] if old or new else []


def _kept(words: Sequence[str]) -> list[str]:
    left_out = len(words) - 2 * _KEPT_AROUND
    if left_out <= _KEPT_AROUND:
        return list(words)
    return [*words[:_KEPT_AROUND], f"(… {left_out} words alike …)", *words[-_KEPT_AROUND:]]
