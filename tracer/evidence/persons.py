"""The introduction clue: who is introduced, and who stands bare?"""

from __future__ import annotations

from collections.abc import Iterator

from tracer.domain import Span
from tracer.evidence.ledger import Observation
from tracer.split import ParsedArticle

_SHORTEST_SURNAME = 4


def introductions(left: ParsedArticle, right: ParsedArticle) -> Iterator[Observation]:
    """The ``introduction`` clue: one side introduces a person whose bare surname the other takes for granted.

    A person counts when one article names them in full first, while the other begins with the surname alone and never
    gives the full name before it. The introducing side looks upstream: a cut or a patchwork lost the introduction.
    """
    ours, theirs = first_mentions(left), first_mentions(right)
    for surname in sorted(ours.keys() & theirs.keys()):
        (our_span, our_full), (their_span, their_full) = ours[surname], theirs[surname]
        if our_full != their_full:
            introducing, span = (left, our_span) if our_full else (right, their_span)
            name = " ".join(span.of(introducing.article.text).split())
            sentence = f"“{name}” is introduced on one side, “{surname.title()}” stands bare on the other"
            yield Observation("introduction", 1.0 if our_full else -1.0, sentence, our_span, their_span)


def first_mentions(parsed: ParsedArticle) -> dict[str, tuple[Span, bool]]:
    """For each surname of a named person: where it first stands, and whether its full name stands there.

    Persons are the title-and-name chains of at least two capitalised words that the splitter found; a surname found
    only bare counts as well. Headlines and boilerplate do not introduce anybody.
    """
    tokens, text = parsed.tokens, parsed.article.text
    full: dict[int, Span] = {}
    for chain in parsed.split.names:
        words = tokens.within(chain)
        if len(words) > 1:
            full[words[-1]] = chain
    places: dict[str, tuple[Span, bool]] = {}
    for index, word in enumerate(tokens.words):
        is_capital = text[int(tokens.starts[index])].isupper()
        if word in places or len(word) < _SHORTEST_SURNAME or not is_capital or _in_furniture(parsed, index):
            continue
        places[word] = (full.get(index, tokens.span(index, index + 1)), index in full)
    return places


def _in_furniture(parsed: ParsedArticle, index: int) -> bool:
    sentence = int(parsed.sentence_of[index])
    return sentence < 0 or parsed.split.sentences[sentence].boilerplate
