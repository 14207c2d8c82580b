"""What the splitter knows of a language: lists of words and phrases, read from ``data/<code>.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from tracer.split.phrases import Phrases

_NONE = Phrases(())
_CODE_LENGTH = 2
_DETECTED = 500  # code points that language identification reads
_READ = 4000  # code points among which function words are counted, where the first ones are names and headings
_FIRST = "en"  # the language tried first
_PLAIN_SHARE, _FOREIGN_SHARE = 12, 30  # every so many words a function word, and at most every so many a foreign one
_FEWEST_WORDS = 20  # below this, identification guesses; English is assumed
_UNSPACED = 15  # letters of another script between two blanks: it sets no words apart
_LETTERS_SHARE = 20  # at most every so many code points a letter of another script
_OTHER_LETTERS = re.compile("[\u0370-\u1dff\u2c80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """Abbreviations and sentence openers."""

    never_final: Phrases = _NONE
    before_digit: Phrases = _NONE
    starters: Phrases = _NONE


@dataclass(frozen=True, slots=True)
class IdentificationWords:
    """Small words that no other language uses so often, and such words of other languages.

    A text full of the former that has hardly any of the latter needs no closer look.
    """

    function_words: Phrases = _NONE
    foreign_words: Phrases = _NONE


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """Words of saying, and the small words around them."""

    verbs: Phrases = _NONE
    participles: Phrases = _NONE
    report_verbs: Phrases = _NONE
    learned: Phrases = _NONE
    skip: Phrases = _NONE
    pronouns: Phrases = _NONE
    according: Phrases = _NONE
    determiners: Phrases = _NONE
    joins: Phrases = _NONE
    prepositions: Phrases = _NONE
    speaking_for: Phrases = _NONE


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """Titles, honorifics, and lower-case words for persons."""

    people: Phrases = _NONE
    persons: Phrases = _NONE
    titles: Phrases = _NONE
    modifiers: Phrases = _NONE
    name_joiners: Phrases = _NONE
    name_particles: Phrases = _NONE
    weekdays: Phrases = _NONE


@dataclass(frozen=True, slots=True)
class InstitutionWords:
    """Words by which institutions and outlets that the lexicon lacks are told."""

    heads: Phrases = _NONE
    lower_heads: Phrases = _NONE
    lower_modifiers: Phrases = _NONE
    places: Phrases = _NONE
    outlet_words: Phrases = _NONE
    not_outlets: Phrases = _NONE


@dataclass(frozen=True, slots=True)
class StatementWords:
    """Words that say how third-party words were made known."""

    statement: Phrases = _NONE
    issued: Phrases = _NONE
    tweet: Phrases = _NONE
    speech: Phrases = _NONE
    tweet_verbs: Phrases = _NONE
    on_account: Phrases = _NONE
    through: Phrases = _NONE
    by: Phrases = _NONE


@dataclass(frozen=True, slots=True)
class AttributionWords:
    """Cues that have the name of a source after them, and what may stand between."""

    according_to: Phrases = _NONE
    told: Phrases = _NONE
    via: Phrases = _NONE
    fillers: Phrases = _NONE
    not_after: Phrases = _NONE
    anaphors: Phrases = _NONE
    interviews: Phrases = _NONE
    documents: Phrases = _NONE


@dataclass(frozen=True, slots=True)
class CreditWords:
    """Wordings of bylines, credit lines, contributions, copyright and picture credits."""

    by: Phrases = _NONE
    contributed: Phrases = _NONE
    with_inputs: Phrases = _NONE
    items: Phrases = _NONE
    agencies: Phrases = _NONE
    republished: Phrases = _NONE
    sources: Phrases = _NONE
    copyright: Phrases = _NONE
    rights: Phrases = _NONE
    photo: Phrases = _NONE
    desk_words: Phrases = _NONE
    months: Phrases = _NONE
    signatures: Mapping[str, Phrases] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class BoilerplateWords:
    """Page furniture: whole sentences, beginnings of sentences, and phrases inside short ones."""

    exact: Phrases = _NONE
    prefixes: Phrases = _NONE
    contains: Phrases = _NONE
    follow: Phrases = _NONE
    networks: Phrases = _NONE


@dataclass(frozen=True, slots=True)
class TranscriptWords:
    """Labels before a colon: those that are no speakers, and those that name nobody; titles of whole transcripts."""

    not_speakers: Phrases = _NONE
    nameless: Phrases = _NONE
    whole_text: Phrases = _NONE


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """Words that hand over to a document set off in paragraphs, and those that legal papers are told by."""

    leads: Phrases = _NONE
    whole: Phrases = _NONE
    said: Phrases = _NONE
    openers: Phrases = _NONE
    numbered: Phrases = _NONE
    legal: Phrases = _NONE
    first_person: Phrases = _NONE


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The lists of one language. Frozen, compared by identity; every list may be empty, and then finds nothing."""

    code: str
    identification: IdentificationWords = IdentificationWords()
    sentences: SentenceWords = SentenceWords()
    speech: SpeechWords = SpeechWords()
    people: PeopleWords = PeopleWords()
    institutions: InstitutionWords = InstitutionWords()
    statements: StatementWords = StatementWords()
    attributions: AttributionWords = AttributionWords()
    credits: CreditWords = CreditWords()
    boilerplate: BoilerplateWords = BoilerplateWords()
    transcripts: TranscriptWords = TranscriptWords()
    documents: DocumentWords = DocumentWords()


_TABLES: dict[str, type[Any]] = {
    "identification": IdentificationWords,
    "sentences": SentenceWords,
    "speech": SpeechWords,
    "people": PeopleWords,
    "institutions": InstitutionWords,
    "statements": StatementWords,
    "attributions": AttributionWords,
    "credits": CreditWords,
    "boilerplate": BoilerplateWords,
    "transcripts": TranscriptWords,
    "documents": DocumentWords,
}


@cache
def load_language(code: str) -> Language:
    """The lists of a language by its ISO 639-1 code; empty lists for a language without a file.

    Read and compiled once per process (about 0.05 s for English).

    Raises:
        ValueError: when the language file holds a table or list that the splitter does not know.
    """
    file = resources.files("tracer.split") / "data" / f"{code}.toml"
    if not (code.isascii() and code.isalpha() and file.is_file()):
        return Language(code)
    return read_language(code, tomllib.loads(file.read_text(encoding="utf-8")))


def read_language(code: str, tables: Mapping[str, Mapping[str, Any]]) -> Language:
    """A language from parsed TOML tables.

    Raises:
        ValueError: when ``tables`` holds a table or list that the splitter does not know.
    """
    unknown = sorted(set(tables) - set(_TABLES))
    if unknown:
        raise ValueError(f"language file {code}.toml: unknown table {unknown[0]!r}")
    return Language(code, **{name: _table(code, name, lists) for name, lists in tables.items()})


def _table(code: str, name: str, lists: Mapping[str, Any]) -> Any:
    kind = _TABLES[name]
    unknown = sorted(set(lists) - {known.name for known in fields(kind)})
    if unknown:
        raise ValueError(f"language file {code}.toml: unknown list {unknown[0]!r} in table {name!r}")
    return kind(**{key: _entry(value) for key, value in lists.items()})


def _entry(value: list[str] | dict[str, list[str]]) -> Phrases | Mapping[str, Phrases]:
    if isinstance(value, dict):
        return MappingProxyType({key: Phrases(items) for key, items in value.items()})
    return Phrases(value)


def detect_language(text: str, stated: str | None = None) -> str:
    """ISO 639-1 code of a text's language.

    ``stated`` (``"en"``, ``"en-GB"``, ``"EN_us"``) wins when it begins with a two-letter code. A text with fewer than
    20 words in its first 500 code points is taken for English, for so few identify nothing (but not one in a script
    that sets no words apart). So is one whose first 500, or first 4,000, are English: every twelfth word is an English
    function word, and at most every thirtieth a common word of another language or spelt with accents; names do not
    count. Otherwise py3langid identifies the first 500, at .3 ms, and .4 s at the first use in a process. Alone, it
    would take one English press release in twenty for another language, for its headings and names. Creoles of English
    may be taken for English.
    """
    code = (stated or "").strip().replace("_", "-").split("-")[0].casefold()
    if len(code) == _CODE_LENGTH and code.isascii() and code.isalpha():
        return code
    head = text[:_DETECTED]
    words = head.split()
    if _are_few(words) or (_may_be_english(head) and (_are_plain(words) or _are_plain(text[:_READ].split()))):
        return _FIRST
    import py3langid  # noqa: PLC0415 - slow to load, and needed only when no language is stated

    return str(py3langid.classify(head.encode(errors="replace").decode())[0])


def _are_few(words: Sequence[str]) -> bool:
    """Whether so few words identify nothing."""
    return len(words) < _FEWEST_WORDS and all(len(_OTHER_LETTERS.findall(word)) <= _UNSPACED for word in words)


def _may_be_english(text: str) -> bool:
    """Whether hardly a letter is of another script."""
    return text.isascii() or _LETTERS_SHARE * len(_OTHER_LETTERS.findall(text)) <= len(text)


def _are_plain(words: Sequence[str]) -> bool:
    """Whether these are words of an English text."""
    lists = load_language(_FIRST).identification
    plain = sum(map(lists.function_words.folded.__contains__, map(str.lower, words)))
    if _PLAIN_SHARE * plain < len(words):
        return False
    foreign = sum(map(lists.foreign_words.folded.__contains__, words))  # in lower case: a capital begins a name
    foreign += sum(word.isalpha() and word[0].islower() for word in words if not word.isascii())
    return _FOREIGN_SHARE * foreign <= len(words)
