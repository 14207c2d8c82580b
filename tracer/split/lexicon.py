"""Agencies, outlets and institutions under one canonical name each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from tracer.domain import SourceKind, SourceName, Span
from tracer.split.phrases import Spellings

_KINDS = {
    "agency": SourceKind.AGENCY,
    "picture": SourceKind.AGENCY,
    "outlet": SourceKind.OUTLET,
    "institution": SourceKind.INSTITUTION,
}
_DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[/:?#]\S*)?", re.IGNORECASE)
_SUFFIX = re.compile(r"[\s\-–—(]*\b(?:online|news|web|opinion|editorial|\.?com|magazine|newspaper|website)\b[)\s]*$")
_SUFFIX_ENDS = ("online", "news", "web", "opinion", "editorial", "com", "magazine", "newspaper", "website", ")")
_ON_AIR = frozenset({"Radio", "TV", "Television", "Broadcasting", "Channel"})
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-(?:TV|FM|AM))?")
_LONGEST = 120
_SHORTEST_SPELLING = 3
_MASTHEADS = frozenset(
    {
        "Advertiser",
        "Argus",
        "Beacon",
        "Bugle",
        "Bulletin",
        "Chronicle",
        "Courier",
        "Dispatch",
        "Echo",
        "Enquirer",
        "Examiner",
        "Express",
        "Gazette",
        "Globe",
        "Guardian",
        "Herald",
        "Independent",
        "Inquirer",
        "Journal",
        "Ledger",
        "Mail",
        "Mercury",
        "Messenger",
        "Mirror",
        "Monitor",
        "Observer",
        "Post",
        "Press",
        "Record",
        "Recorder",
        "Register",
        "Reporter",
        "Review",
        "Sentinel",
        "Standard",
        "Star",
        "Sun",
        "Telegraph",
        "Times",
        "Tribune",
    }
)
_SHORTEST_STEM = 4  # "US News" must not make "US" an outlet


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name of the lexicon in running text; ``common`` when it is an ordinary word too."""

    span: Span
    source: SourceName
    common: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    by_spelling: dict[str, tuple[SourceName, bool]]
    by_key: dict[str, SourceName]
    by_stem: dict[str, SourceName]
    by_domain: dict[str, SourceName]
    pictures: frozenset[str]
    broadcasters: frozenset[str]
    spellings: Spellings


def lookup_name(text: str) -> SourceName | None:
    """The lexicon's entry for a name, an alias or a web address; ``None`` when the lexicon lacks it.

    Ignores case, a leading "The", and trailing words that outlets add at will ("Fox Online News" is "Fox News",
    "CNN (Web News)" is "CNN"). "Pentagon" and "DoD" are the institution "US Department of Defense".
    Constant cost; a text over 120 characters that is no web address is no name.
    """
    words = text.strip().strip(".,;:()[]\"“”'").strip()
    return _looked_up(words) if len(words) <= _LONGEST else _lookup_domain(words)


@lru_cache(maxsize=1 << 14)
def _looked_up(words: str) -> SourceName | None:
    lexicon = _lexicon()
    if not words:
        return None
    found = _lookup_domain(words)
    if found:
        return found
    key = _key(words)
    for _ in range(4):
        if key in lexicon.by_key:
            return lexicon.by_key[key]
        shorter = _SUFFIX.sub("", key) if key.endswith(_SUFFIX_ENDS) else key
        if shorter == key:
            break
        key = shorter
    return lexicon.by_stem.get(_stem(key)) if len(key) >= _SHORTEST_STEM else None


def same_source(left: str, right: str) -> bool:
    """Whether two names mean one source. Symmetric; false when either is empty.

    Names of the lexicon are compared by entry; others without case, leading "The", and trailing "News", "Online" or
    ".com".
    """
    known = lookup_name(left), lookup_name(right)
    if known[0] or known[1]:
        return known[0] == known[1]
    stems = _stem(_key(left)), _stem(_key(right))
    return bool(stems[0]) and stems[0] == stems[1]


def is_picture_agency(source: SourceName) -> bool:
    """Whether the source is credited under pictures only (Getty Images)."""
    return source.name in _lexicon().pictures


def is_broadcaster(source: SourceName) -> bool:
    """Whether the source is radio or television, where anybody can hear who speaks: by the lexicon, or by its name."""
    words = source.name.split()
    known = source.name in _lexicon().broadcasters
    return known or any(word in _ON_AIR for word in words) or _CALL_SIGN.fullmatch(words[0]) is not None


def name_spellings() -> Spellings:
    """Every way in which running text may write a name of the lexicon."""
    return _lexicon().spellings


def folded_names() -> Iterator[str]:
    """All that :func:`lookup_name` knows a name by, in lower case."""
    lexicon = _lexicon()
    yield from (*lexicon.by_key, *lexicon.by_stem, *lexicon.by_domain)


def find_names(text: str, start: int = 0, stop: int | None = None) -> Iterator[NameFound]:
    """Names of the lexicon in running text, in order, the longest at each place. Linear in the text."""
    return named_by(_lexicon().spellings.finditer(text, start, stop))


def named_by(matches: Iterable[re.Match[str]]) -> Iterator[NameFound]:
    """The names that matches of :func:`name_spellings` stand for."""
    by_spelling = _lexicon().by_spelling
    for match in matches:
        source, common = by_spelling[match.group()]
        yield NameFound(Span(*match.span()), source, common)


def _lookup_domain(address: str) -> SourceName | None:
    if not _DOMAIN.fullmatch(address[:2000]):
        return None
    domains = _lexicon().by_domain
    host = re.split(r"[/:?#]", address.casefold().split("://")[-1], maxsplit=1)[0]
    labels = host.split(".")
    hosts = (".".join(labels[start:]) for start in range(min(len(labels) - 1, 8)))
    return next((domains[name] for name in hosts if name in domains), None)


def _key(words: str) -> str:
    key = " ".join(words.casefold().replace("’", "'").split())
    return key.removeprefix("the ")


def _stem(key: str) -> str:
    for _ in range(3):
        shorter = _SUFFIX.sub("", key)
        if not shorter or shorter == key:
            break
        key = shorter
    return key.strip(" -–—.")


@cache
def _lexicon() -> _Lexicon:
    file = resources.files("tracer.split") / "data" / "names.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    lexicon = _Lexicon({}, {}, {}, {}, frozenset(tables["picture"]), frozenset(_on_air(tables)), Spellings(()))
    stems: dict[str, set[SourceName]] = {}
    for table, entries in tables.items():
        for name, entry in entries.items():
            source = SourceName(name, _KINDS[table])
            for spelling in (name, *entry["aliases"]):
                _enter(lexicon, spelling, source, entry.get("common", False))
                stems.setdefault(_stem(_key(spelling)), set()).add(source)
            lexicon.by_domain.update(dict.fromkeys(entry["domains"], source))
    lexicon.by_stem.update({stem: found.pop() for stem, found in stems.items() if stem and len(found) == 1})
    return replace(lexicon, spellings=Spellings(lexicon.by_spelling))


def _on_air(tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[str]:
    return (name for entries in tables.values() for name, entry in entries.items() if entry.get("broadcast"))


def _enter(lexicon: _Lexicon, spelling: str, source: SourceName, common: bool) -> None:
    lexicon.by_key.setdefault(_key(spelling), source)
    bare = spelling.removeprefix("The ")
    for form in {bare, bare.upper(), bare.replace("'", "’")}:
        lexicon.by_spelling.setdefault(form, (source, common))


def outlet_key(name: str) -> str:
    """One key for all spellings of an outlet's name: equal exactly where :func:`same_source` holds."""
    known = lookup_name(name)
    return known.name if known else _stem(_key(name))


@lru_cache(maxsize=4096)
def spellings_of(outlet: str) -> tuple[str, ...]:
    """How running text may write an outlet's name: every spelling of the lexicon, longest first.

    For an outlet the lexicon lacks, its name as given, and without a leading "The" and trailing "News" or "Online".
    Empty for a name without letters.
    """
    known = lookup_name(outlet)
    if known is None:
        bare = _SUFFIX.sub("", " ".join(outlet.split()).removeprefix("The ")).strip(" -–—.")
        names = {name for name in (outlet.strip(), bare) if len(name) >= _SHORTEST_SPELLING}
        last = bare.split()[-1] if " " in bare else ""
        if last in _MASTHEADS:
            names |= {f"the {last}", f"The {last}"}
        return tuple(sorted(names, key=_longest))
    entries = _lexicon().by_spelling.items()
    return tuple(sorted((name for name, (source, _) in entries if source == known), key=_longest))


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name


def is_ordinary_word(spelling: str) -> bool:
    """Whether a spelling of the lexicon is an ordinary word too ("Time"), which names an outlet only in context."""
    return _lexicon().by_spelling.get(spelling, (None, False))[1]
