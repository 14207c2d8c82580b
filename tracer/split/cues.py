"""Every phrase that a later step starts from, matched together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tracer.domain import Span
from tracer.split.language import Language
from tracer.split.phrases import Phrases, Spellings


@dataclass(frozen=True, slots=True)
class CueLists:
    """All cue phrases of a language as one set; for each spelling, which lists it belongs to and how far."""

    phrases: Spellings
    lists: Mapping[str, Sequence[tuple[str, int]]]


def find_cues(text: str, places: Sequence[int], cues: CueLists) -> Mapping[str, Sequence[Span]]:
    """Places of the phrases that the finders of sayings, attributions, credits and names start from, by list.

    ``places`` are those at which a cue may begin. Keys are names of lists in the language file; a list without a match
    is missing. A phrase that begins another ("said", "said to") is found at the same place. Linear in the places.
    """
    found: dict[str, list[Span]] = {}
    for match in cues.phrases.among(text, places):
        start = match.start()
        for name, length in cues.lists[match.group()]:
            found.setdefault(name, []).append(Span(start, start + length))
    return found


@cache
def cue_lists(language: Language) -> CueLists:
    """The cues of a language, gathered once per process."""
    members: dict[str, list[str]] = {}
    for name, phrases in _cue_lists(language):
        for phrase in phrases:
            for spelling in {phrase, phrase[0].upper() + phrase[1:]}:
                members.setdefault(spelling, []).append(name)
    lists = {spelling: tuple(_within(spelling, members)) for spelling in members}
    return CueLists(Spellings(members, after_underscore=False), lists)


def _within(spelling: str, members: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, int]]:
    """The lists that hold a phrase, and those that hold one which it begins with, once each."""
    seen = set()
    ends = [len(spelling)] + [space for space in range(len(spelling) - 1, 0, -1) if not spelling[space].isalnum()]
    for end in ends:
        for name in members.get(spelling[:end], ()):
            if name not in seen:
                seen.add(name)
                yield name, end


def _cue_lists(language: Language) -> Iterator[tuple[str, Phrases]]:
    speech, cited, credited = language.speech, language.attributions, language.credits
    yield "verbs", speech.verbs
    yield "on_account", language.statements.on_account
    yield "according", speech.according
    yield "learned", speech.learned
    yield "according_to", cited.according_to
    yield "told", cited.told
    yield "via", cited.via
    yield "contributed", credited.contributed
    yield "with_inputs", credited.with_inputs
    yield "republished", credited.republished
    yield "copyright", credited.copyright
    yield "titles", language.people.titles
    yield "people", language.people.people
