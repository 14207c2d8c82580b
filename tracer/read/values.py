"""Values of table cells and JSON keys → the strings an ``Article`` holds."""

from __future__ import annotations

import ast
import json
import re
from functools import lru_cache

from tracer.read.labels import LABEL_LIMIT, clean_label

_MISSING = frozenset({"", "nan", "none", "null", "n/a", "na", "nat", "undefined", "[]", "{}"})
_LONGEST_MISSING = max(map(len, _MISSING))
_MOST_ITEMS = 50
_LONGEST_LIST = 2_000
_LONGEST_ADDRESS = 4_000
_CUT_OFF = "…"
_LONGEST_REMEMBERED, _REMEMBERED = 40, 4_096
_BARE_HOST = re.compile(r"\Awww\.([a-z0-9-]+\.[a-z0-9.-]+)\Z", re.IGNORECASE)
_LANGUAGE_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9_-]*)?")
_LANGUAGES = {
    code: codes.split()[0]
    for codes in (
        *("en eng english", "es spa spanish español", "fr fra fre french français", "de deu ger german deutsch"),
        *("ru rus russian русский", "pt por portuguese português", "it ita italian", "nl nld dut dutch"),
        *("pl pol polish", "uk ukr ukrainian", "tr tur turkish", "ar ara arabic", "zh zho chi chinese"),
        *("ja jpn japanese", "ko kor korean", "sv swe swedish", "el ell gre greek", "cs ces cze czech"),
    )
    for code in codes.split()
}


def label_of(value: object) -> str | None:
    """Metadata as one clean line of at most 500 characters, or ``None`` when missing.

    Lists are joined by ``", "`` (also lists written out as text), an object gives its ``name``, numbers their digits.
    Missing are blanks, true and false, and the words that exports write for nothing (``nan``, ``None``, ``null``).
    """
    if isinstance(value, str):
        return _remembered(value) if len(value) <= _LONGEST_REMEMBERED else _label_of_text(value)
    if isinstance(value, list):
        labels = [label for item in value[:_MOST_ITEMS] if not isinstance(item, list) and (label := label_of(item))]
        return clean_label(", ".join(labels)) or None
    if isinstance(value, dict):
        return None if isinstance(value.get("name"), dict | list) else label_of(value.get("name"))
    text = scalar_text(value)
    return _known(clean_label(text)) if text is not None else None


def address_of(value: object) -> str | None:
    """An address as one clean line: whole, or ``None`` when it is missing or longer than 4,000 characters."""
    label = label_of(value)
    if label is None or len(label) < LABEL_LIMIT or not isinstance(value, str):
        return label if label is None or not label.endswith(_CUT_OFF) else None
    return None if len(value) > _LONGEST_ADDRESS else clean_label(value, _LONGEST_ADDRESS)


def _label_of_text(text: str) -> str | None:
    value = _written_list(text)
    return label_of(value) if isinstance(value, list) else _known(clean_label(text))


# Outlets, languages and bylines come back again and again.
_remembered = lru_cache(maxsize=_REMEMBERED)(_label_of_text)


def _known(label: str) -> str | None:
    return None if len(label) <= _LONGEST_MISSING and label.casefold() in _MISSING else label


def scalar_text(value: object) -> str | None:
    """A string as it is, a number as digits, ``None`` for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return repr(value)
        except ValueError:  # an integer beyond Python's limit of digits
            return None
    return None


def host_of(label: str) -> str:
    """The host of an address, or of a bare ``www.q.example``, without ``www.``; any other label as it is."""
    if "://" not in label:
        return _BARE_HOST.sub(r"\1", label)
    host = label.split("://", 1)[1].split("/", 1)[0].casefold().removeprefix("www.")
    return host or label


@lru_cache(maxsize=256)
def language_of(label: str) -> str | None:
    """An ISO 639 code for ``en``, ``en-GB``, ``eng`` or ``English``; ``None`` when the label is none of these."""
    folded = label.casefold()
    match = _LANGUAGE_CODE.fullmatch(folded)
    key = match[1] if match is not None else folded
    return _LANGUAGES.get(key, key if match is not None else None)


def _written_list(text: str) -> str | list[object]:
    if "[" not in text:
        return text
    stripped = text.strip()
    if not (stripped.startswith("[") and stripped.endswith("]") and len(stripped) <= _LONGEST_LIST):
        return text
    for parse in (json.loads, ast.literal_eval):
        try:
            found = parse(stripped)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list):
            return found
    return text
