"""What a page says about its article, judged: one value for each field, and what it credits its text to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from tracer.domain import UNDATED, Published
from tracer.read.address_dates import FAR_APART, day_in_address
from tracer.read.credit_lines import credits_of_text
from tracer.read.date_judgement import DateReading, read_date
from tracer.read.labels import clean_label
from tracer.read.origins import GIVEN, Origins, origins
from tracer.read.page_markup import PageMarkup
from tracer.read.settings import ReadSettings
from tracer.read.values import address_of, host_of, label_of, language_of

_TITLES = ("og:title", "twitter:title", "dc.title", "headline", "title")
_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "publication_date", "publishdate"),
    *("parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date", "dcterms.created", "pubdate", "date"),
)
_AUTHORS = ("author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "byl", "byline")
_OUTLETS = ("og:site_name", "application-name", "twitter:site", "dc.publisher", "publisher")
_LANGUAGES = ("og:locale", "content-language", "dc.language", "language")
_SOURCES = ("syndication-source", "original-source")
_NO_OWNER = re.compile(
    r"\(c\)|[©℗®]|\bcopyright\b|\ball rights reserved\b|\b(?:19|20)\d\d\b(?:\s*[-–—]\s*(?:19|20)\d\d\b)?", re.IGNORECASE
)
_LONGEST_NOTICE = 1_000
_LONGEST_NAME = 6  # words
_MOST_DATES = 30
_SECOND_LEVELS = frozenset({"co", "com", "net", "org", "gov", "ac", "gob", "edu"})
_ADDRESS = "address"


class Address(NamedTuple):
    """Where a page stood, and what tells so."""

    url: str
    told_by: str


class _Told(NamedTuple):
    """What a page says, and where."""

    value: str
    where: str


class _Choice(NamedTuple):
    """What is taken for a field, and where that stands; ``None`` twice where the page does not give it."""

    value: str | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The fields of an article as its page gives them; ``None`` where it does not.

    ``credited`` are the sources that the markup credits the text to, names or hosts, as
    :class:`tracer.domain.Article` holds them, and ``origins`` where these fields were read.
    """

    title: str | None
    outlet: str | None
    published: Published
    url: str | None
    language: str | None
    byline: str | None
    credited: tuple[str, ...]
    warnings: tuple[str, ...]
    origins: Origins


def metadata_of(markup: PageMarkup, address: Address | None, settings: ReadSettings) -> PageMetadata:
    """Choose among what the markup says; ``address`` is where the page was saved from, if the file tells.

    schema.org properties go before meta tags, as they are more exact; of dates the first that can be one. A date in the
    address, or in another tag, that lies more than two days away is a warning. Never raises.
    """
    found = ((address_of(value), where) for value, where in _urls(markup, address))
    url = next((_Choice(whole, where) for whole, where in found if whole is not None), _Choice())
    date, of_date = _date(markup, url.value, settings)
    title = _first((*_named(markup, "headline"), *_metas(markup, _TITLES), _Told(markup.title, "<title>")))
    outlet = _outlet(markup, url.value)
    language = _Choice(settings.language, GIVEN) if settings.language else _language(markup)
    byline = _first((*_authors(markup), *_metas(markup, _AUTHORS)))
    byline = byline if byline.value and "://" not in byline.value else _Choice()
    credited: dict[str, str] = {}
    for label, where in _credited(markup, url.value):
        if not _is_same(label, outlet):
            credited.setdefault(label, where)
    return PageMetadata(
        title=title.value,
        outlet=outlet.value,
        published=date.published,
        url=url.value,
        language=language.value,
        byline=byline.value,
        credited=tuple(credited),
        warnings=date.warnings,
        origins=origins(
            outlet=outlet.where,
            title=title.where,
            published=of_date,
            url=url.where,
            language=language.where,
            byline=byline.where,
            credited=", ".join(dict.fromkeys(credited.values())) or None,
        ),
    )


def _first(told: Iterable[_Told]) -> _Choice:
    for value, where in told:
        label = label_of(value) if value else None
        if label is not None:
            return _Choice(label, where)
    return _Choice()


def _outlet(markup: PageMarkup, url: str | None) -> _Choice:
    told = _first((*_named(markup, "publisher"), *_metas(markup, _OUTLETS), *_owners(markup)))
    if told.value:
        return _Choice(told.value.removeprefix("@"), told.where)
    return _Choice(host_of(url), _ADDRESS) if url else _Choice()


def _named(markup: PageMarkup, name: str) -> Iterator[_Told]:
    """The values of a schema.org property as text: strings, and the names of objects."""
    where = f"{markup.form} {name}"
    for value in markup.article.get(name, ()):
        for one in value if isinstance(value, list) else (value,):
            if text := _name_of(one):
                yield _Told(text, where)


def _name_of(value: object) -> str:
    if isinstance(value, dict):
        name = value.get("name") or value.get("legalName") or value.get("url") or value.get("@id")
        value = name[0] if isinstance(name, list) and name else name
    return value if isinstance(value, str) else ""


def _metas(markup: PageMarkup, names: Iterable[str]) -> Iterator[_Told]:
    for name in names:
        for value in markup.metas.get(name, ()):
            yield _Told(value, f"meta {name}")


def _links(markup: PageMarkup) -> Iterator[_Told]:
    for value in markup.links.get("canonical", ()):
        yield _Told(value, "link canonical")


def _owners(markup: PageMarkup) -> Iterator[_Told]:
    """Names in notices of copyright, without the words around them; what else says a whole sentence is none."""
    for notice, where in _metas(markup, ("copyright",)):
        name = " ".join(_NO_OWNER.sub(" ", notice[:_LONGEST_NOTICE]).split()).strip(" .,;:-–—|")
        if name and len(name.split()) <= _LONGEST_NAME and "://" not in name:
            yield _Told(name, where)


def _authors(markup: PageMarkup) -> Iterator[_Told]:
    names = dict(_named(markup, "author"))
    if names:
        yield _Told(", ".join(names), next(iter(names.values())))


def _urls(markup: PageMarkup, address: Address | None) -> Iterator[_Told]:
    """Where the page stands: where it was saved from, then what it says of itself."""
    saved_from = () if address is None else (_Told(*address),)
    for value, where in (*saved_from, *_metas(markup, ("og:url",)), *_named(markup, "url"), *_links(markup)):
        if value.casefold().startswith(("http://", "https://")):
            yield _Told(value.strip(), where)


def _language(markup: PageMarkup) -> _Choice:
    own = _Told(markup.language, "<html lang>")
    for value, where in (*_named(markup, "inLanguage"), own, *_metas(markup, _LANGUAGES)):
        label = label_of(value)
        code = language_of(label) if label else None
        if code:
            return _Choice(code, where)
    return _Choice()


def _date(markup: PageMarkup, url: str | None, settings: ReadSettings) -> tuple[DateReading, str | None]:
    """The date, and where it stands."""
    read = _readings((*_named(markup, "datePublished"), *_metas(markup, _DATES)), settings)
    # Of times in the text the first is the likeliest; where there is nothing else, all have a say.
    shown = markup.times[:1] if any(one.published.start is not None for _, one in read) else markup.times
    read += _readings((*(_Told(text, "<time>") for text in shown), *_from_address(url)), settings)
    known = [(told, reading) for told, reading in read if reading.published.start is not None]
    if not known:
        return read[0][1] if read else DateReading(UNDATED), None
    first, chosen = known[0]
    for told, other in known[1:]:
        if _apart(chosen.published, other.published) > FAR_APART:
            note = f"the page gives two dates, {first.value!r} and {told.value!r}; the first counts"
            return DateReading(chosen.published, (*chosen.warnings, note)), first.where
    return chosen, first.where


def _readings(written: Sequence[_Told], settings: ReadSettings) -> list[tuple[_Told, DateReading]]:
    places: dict[str, str] = {}
    for value, where in written[:_MOST_DATES]:
        places.setdefault(clean_label(value, 100), where)
    return [
        (_Told(text, where), read_date(text, latest=settings.latest, day_first=settings.day_first))
        for text, where in places.items()
        if text
    ]


def _apart(one: Published, other: Published) -> timedelta:
    """How far two times lie apart, from the end of the one to the beginning of the other."""
    if one.start is None or other.start is None:
        return timedelta(0)
    return max(one.start - (other.start + other.width), other.start - (one.start + one.width), timedelta(0))


def _from_address(url: str | None) -> Iterator[_Told]:
    day = day_in_address(url)
    if day is not None:
        yield _Told(day, _ADDRESS)


def _credited(markup: PageMarkup, url: str | None) -> Iterator[_Told]:
    """Who the markup says the text comes from, unless it is the page's own house."""
    own = _house(url) if url else ""
    told = (
        *_named(markup, "sourceOrganization"),
        *(_Told(name, at) for line, at in _named(markup, "creditText") for name in credits_of_text(clean_label(line))),
        *_named(markup, "isBasedOn"),
        *_metas(markup, _SOURCES),
        *(link for link in _links(markup) if "://" in link.value),
    )
    for value, where in told:
        label = clean_label(host_of(value.strip()), 120)
        if label and len(label.split()) <= _LONGEST_NAME and (not own or _house(value) != own):
            yield _Told(label, where)


def _is_same(label: str, outlet: _Choice) -> bool:
    return outlet.value is not None and label.casefold() == outlet.value.casefold()


def _house(address: str) -> str:
    """The registered part of an address's host (``bbc.co.uk``), so that a site's subdomains are one house."""
    if "://" not in address:
        return address.casefold()
    parts = host_of(address).split(":", 1)[0].split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVELS else 2  # noqa: PLR2004
    return ".".join(parts[-keep:])
