"""Outlets that running text names by a word that stands for a name given before: "told the newspaper"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tracer.domain import SourceKind, Span
from tracer.split.language import Language
from tracer.split.lexicon import NameFound, is_picture_agency
from tracer.split.parsed import Attribution
from tracer.split.reading import Reading

_MEDIA = (SourceKind.AGENCY, SourceKind.OUTLET)
_ARTICLE = ("the ", "The ")
_REACH = 32
_NAMES_BACK = 40


def anaphoric_attributions(reading: Reading) -> Iterator[Attribution]:
    """Attributions to "the newspaper" or "the Post", resolved to the outlet last named before, in reading order.

    A masthead's last word stands for a name that ends in it; a word like "newspaper" for any agency or outlet. Only
    where a cue stands right before it or a verb of saying right behind. Linear in the text.
    """
    named = [name for name in reading.names if name.source.kind in _MEDIA and not is_picture_agency(name.source)]
    if not named:
        return
    starts = [name.span.start for name in named]
    for span, masthead in _places(reading):
        before = bisect_left(starts, span.start)
        cue = _cue(reading.text, span, reading.language)
        if not cue or reading.is_quoted(span.start) or (before < len(named) and named[before].span.overlaps(span)):
            continue
        found = _last(named, before, masthead)
        if found:
            sentence = reading.sentence_at(span.start)
            yield Attribution(span, span, found.source, cue, sentence)


def _places(reading: Reading) -> Iterator[tuple[Span, str]]:
    """Words behind "the" that may stand for an outlet, with the masthead word that the name must end in, or ""."""
    text, language = reading.text, reading.language
    for phrases, is_masthead in ((language.attributions.anaphors, False), (language.institutions.outlet_words, True)):
        for match in reading.matches(phrases):
            if text[max(0, match.start() - 4) : match.start()] in _ARTICLE and not _goes_on(text, match.end()):
                yield Span(*match.span()), match.group() if is_masthead else ""


def _goes_on(text: str, stop: int) -> bool:
    """Whether a capitalised word follows, so that the word is part of a longer name."""
    return text[stop : stop + 1] in ("-", "’", "'") or (
        text[stop : stop + 1] == " " and text[stop + 1 : stop + 2].isupper()
    )


def _cue(text: str, span: Span, language: Language) -> str:
    """The kind of cue by which the words at ``span`` are a source, or an empty string."""
    before = text[max(0, span.start - _REACH) : span.start - len("the ")].rstrip().lower()
    for kind, phrases in (("told", language.attributions.told), ("according_to", language.attributions.according_to)):
        if any(before == cue or before.endswith(f" {cue}") for cue in phrases):
            return kind
    after = text[span.stop : span.stop + _REACH].split(maxsplit=1)
    word = after[0].strip(",.;:”\"'") if after else ""
    if word in language.speech.report_verbs:
        return "reported"
    return "said" if word in language.speech.verbs.exact else ""


def _last(named: Sequence[NameFound], before: int, masthead: str) -> NameFound | None:
    for name in reversed(named[max(0, before - _NAMES_BACK) : before]):
        if not masthead or name.source.name.endswith(f" {masthead}"):
            return name
    return None
