"""The lines of printed pages → paragraphs with whole sentences, without what is printed on every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil

from tracer.read.labels import clean_label

Page = Sequence[str]
"""The lines of a page from top to bottom, white space collapsed; a blank one is ``""``."""

_EDGE = 2
_SHOWN_LINES, _SHOWN = 3, 60
_DIGITS = re.compile(r"\d+")
_USUAL, _FULL = 0.9, 0.75
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\Z")
_SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIRST_PART = re.compile(r"(?<!\S)([^\W\d_]+)-\Z")
_SECOND_PART = re.compile(r"[^\W\d_]+")
# “two- and three-year terms”
_JOINING = frozenset({"and", "or", "to", "und", "oder", "bis", "y", "o", "u", "et", "ou", "e", "en", "of"})


def without_repeated(pages: Sequence[Page]) -> tuple[list[Page], tuple[str, ...]]:
    """``pages`` without running heads and feet, and a warning that tells what was left out.

    Those are lines among the first or last two of a page that stand there on more than half of all pages, on two at
    least; their digits may differ, as page numbers do. Nothing is left out when half of all lines would be: then pages
    are alike, and not their heads.
    """
    counts = Counter(key for page in pages for key in {_key(page[place]) for place in _edges(page)})
    repeated = {key for key, count in counts.items() if count >= 2 and 2 * count > len(pages)}  # noqa: PLR2004
    if not repeated:
        return list(pages), ()
    shown: dict[str, str] = {}
    kept: list[Page] = []
    for page in pages:
        left_out = {place for place in _edges(page) if _key(page[place]) in repeated}
        for place in sorted(left_out):
            shown.setdefault(_key(page[place]), clean_label(page[place], _SHOWN))
        kept.append([line for place, line in enumerate(page) if place not in left_out])
    if 2 * _filled(kept) <= _filled(pages):
        return list(pages), ()
    where = "every page" if all(counts[key] == len(pages) for key in repeated) else "most pages"
    what = "1 line" if len(shown) == 1 else f"{len(shown)} lines"
    samples = ", ".join(f"“{line}”" for line in list(shown.values())[:_SHOWN_LINES])
    return kept, (f"{what} repeated on {where} {'was' if len(shown) == 1 else 'were'} left out: {samples}",)


def paragraphs_of(pages: Sequence[Page]) -> str:
    """The text of ``pages``, its hard-wrapped lines put together to paragraphs, with a blank line between two.

    A line goes on in the next one when it is full (at least three quarters as long as a usual line, that which nine in
    ten lines do not exceed) and no blank line follows; or when it does not end a sentence and the next one begins with
    a small letter, also on the next page. So a sentence is cut only where a short line is followed by a capital; a
    paragraph whose last line is full is not told from the next one.

    A word divided at the end of a line is put together when only that is possible: its hyphen is a soft one, or the
    whole word stands elsewhere in the text and the hyphenated one does not. Else the hyphen stays, without a space.
    """
    lines = [line for page in pages for line in _trimmed(page)]
    lengths = sorted(len(line) for line in lines if line)
    full = _FULL * lengths[ceil(_USUAL * (len(lengths) - 1))] if lengths else 0
    words = {word.casefold() for line in lines for word in _WORD.findall(line)}
    return "\n\n".join("".join(_joined(group, words)) for group in _grouped(lines, full))


def _grouped(lines: Sequence[str], full: float) -> Iterator[list[str]]:
    group: list[str] = []
    blank = False
    for line in lines:
        if not line:
            blank = True
            continue
        if group and not _goes_on(group[-1], line, blank=blank, full=full):
            yield group
            group = []
        group.append(line)
        blank = False
    if group:
        yield group


def _goes_on(line: str, after: str, *, blank: bool, full: float) -> bool:
    if after[0].islower() and not _SENTENCE_END.search(line[-8:]):
        return True
    return not blank and len(line) >= full


def _joined(group: Sequence[str], words: set[str]) -> Iterator[str]:
    """The pieces of one paragraph."""
    for line, after in zip(group, [*group[1:], ""], strict=True):
        if not after:
            yield line
        elif line.endswith(_SOFT_HYPHEN):
            yield line[:-1]
        elif (second := _SECOND_PART.match(after)) and second[0][0].islower() and _ends_divided(line):
            yield _undivided(line, second[0], words)
        else:
            yield line + " "


def _ends_divided(line: str) -> bool:
    return len(line) > 1 and line[-1] == "-" and line[-2].isalpha()


def _undivided(line: str, second: str, words: set[str]) -> str:
    """``line``, which ends with a hyphen, as it stands before ``second``, the rest of its last word or the next one."""
    if second.casefold() in _JOINING:
        return line + " "
    first = _FIRST_PART.search(line)
    if first is None:
        return line
    whole, hyphenated = (f"{first[1]}{between}{second}".casefold() for between in ("", "-"))
    return line[:-1] if whole in words and hyphenated not in words else line


def _edges(page: Page) -> set[int]:
    """The places of the first and the last lines of a page that are not blank."""
    filled = [place for place, line in enumerate(page) if line]
    return {*filled[:_EDGE], *filled[-_EDGE:]}


def _filled(pages: Sequence[Page]) -> int:
    return sum(bool(line) for page in pages for line in page)


def _key(line: str) -> str:
    return _DIGITS.sub("#", line.casefold())


def _trimmed(page: Page) -> Page:
    """Without the blank lines at its ends: where a page ends says nothing about paragraphs."""
    filled = [place for place, line in enumerate(page) if line]
    return page[filled[0] : filled[-1] + 1] if filled else []
