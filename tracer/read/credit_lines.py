"""Credit lines → the sources that a text is credited to."""

from __future__ import annotations

import re

from tracer.read.values import host_of

_APART = re.compile(r"\s*[;|/](?!t\b)\s*|,\s+")
_LEAD = re.compile(r"(?:h/t|hat tip|via|source|credits?|courtesy of|by)\b\s*:?\s*", re.IGNORECASE)
_OF_PICTURE = re.compile(
    r"(?:photo|photograph|image|picture|getty)s?\b|.*\b(?:photos?|pictures?|getty images)\W*\Z", re.IGNORECASE
)


def credits_of_text(line: str) -> tuple[str, ...]:
    """Whom a credit line names: each of several, without words such as "h/t" before it.

    Of a line about pictures nobody: ``Photo: AFP`` says nothing of the text.
    """
    if not line or _OF_PICTURE.match(line):
        return ()
    apart = line.split() if "://" in line else _APART.split(line)
    parts = (_LEAD.sub("", host_of(part.strip(" ,;"))).strip(" .:") for part in apart)
    return tuple(dict.fromkeys(filter(None, parts)))
