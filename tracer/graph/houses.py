"""Which sources an article names beside its own outlet."""

from __future__ import annotations

from tracer.domain import SourceName
from tracer.evidence import is_own
from tracer.split import CreditKind, ParsedArticle


def sources_named(parsed: ParsedArticle) -> tuple[SourceName, ...]:
    """The sources of an article's :func:`~tracer.evidence.mentions`, sorted, each once."""
    split = parsed.split
    named = {name for credit in split.credits if credit.kind is not CreditKind.PHOTO for name in credit.names}
    named.update(entry.source for entry in split.attributions)
    return tuple(sorted(name for name in named if not is_own(parsed, name)))
