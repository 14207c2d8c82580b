"""What a page says about its article, judged: one value for each field, and what it credits its text to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tracer.domain import UNDATED, Published
from tracer.read.credit_lines import credits_of_text
from tracer.read.date_judgement import DateReading, read_date
from tracer.read.labels import clean_label
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
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?([0-2]\d|3[01])(?:[/_-]|\b)")
_NO_OWNER = re.compile(
    r"\(c\)|[©℗®]|\bcopyright\b|\ball rights reserved\b|\b(?:19|20)\d\d\b(?:\s*[-–—]\s*(?:19|20)\d\d\b)?", re.IGNORECASE
)
_LONGEST_NOTICE = 1_000
_FAR_APART = timedelta(days=2)
_LONGEST_NAME = 6  # words
_MOST_DATES = 30
_SECOND_LEVELS = frozenset({"co", "com", "net", "org", "gov", "ac", "gob", "edu"})


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The fields of an article as its page gives them; ``None`` where it does not.

    ``credited`` are the sources that the markup credits the text to, names or hosts, as
    :class:`tracer.domain.Article` holds them.
    """

    title: str | None
    outlet: str | None
    published: Published
    url: str | None
    language: str | None
    byline: str | None
    credited: tuple[str, ...]
    warnings: tuple[str, ...]


def metadata_of(markup: PageMarkup, address: str | None, settings: ReadSettings) -> PageMetadata:
    """Choose among what the markup says; ``address`` is where the page was saved from, if the file tells.

    schema.org properties go before meta tags, as they are more exact; of dates the first that can be one. A date in the
    address, or in another tag, that lies more than two days away is a warning. Never raises.
    """
    url = next((whole for found in _urls(markup, address) if (whole := address_of(found)) is not None), None)
    date = _date(markup, url, settings)
    outlet = _first((*_named(markup, "publisher"), *_metas(markup, _OUTLETS), *_owners(markup))) or (
        host_of(url) if url else None
    )
    language = settings.language or _language(markup)
    byline = _first((_authors(markup), *_metas(markup, _AUTHORS)))
    return PageMetadata(
        title=_first((*_named(markup, "headline"), *_metas(markup, _TITLES), markup.title)),
        outlet=outlet.removeprefix("@") if outlet else None,
        published=date.published,
        url=url,
        language=language,
        byline=byline if byline and "://" not in byline else None,
        credited=tuple(dict.fromkeys(label for label in _credited(markup, url) if not _is_same(label, outlet))),
        warnings=date.warnings,
    )


def _first(values: Iterable[object]) -> str | None:
    return next((label for value in values if value and (label := label_of(value)) is not None), None)


def _named(markup: PageMarkup, name: str) -> Iterator[str]:
    """The values of a schema.org property as text: strings, and the names of objects."""
    for value in markup.article.get(name, ()):
        if isinstance(value, list):
            yield from (text for one in value if (text := _name_of(one)))
        elif text := _name_of(value):
            yield text


def _name_of(value: object) -> str:
    if isinstance(value, dict):
        name = value.get("name") or value.get("legalName") or value.get("url") or value.get("@id")
        value = name[0] if isinstance(name, list) and name else name
    return value if isinstance(value, str) else ""


def _metas(markup: PageMarkup, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from markup.metas.get(name, ())


def _owners(markup: PageMarkup) -> Iterator[str]:
    """Names in notices of copyright, without the words around them; what else says a whole sentence is none."""
    for notice in _metas(markup, ("copyright",)):
        name = " ".join(_NO_OWNER.sub(" ", notice[:_LONGEST_NOTICE]).split()).strip(" .,;:-–—|")
        if name and len(name.split()) <= _LONGEST_NAME and "://" not in name:
            yield name


def _authors(markup: PageMarkup) -> str:
    return ", ".join(dict.fromkeys(_named(markup, "author")))


def _urls(markup: PageMarkup, address: str | None) -> Iterator[str]:
    """Where the page stands: where it was saved from, then what it says of itself."""
    told = (*_metas(markup, ("og:url",)), *_named(markup, "url"), *markup.links.get("canonical", ()))
    for value in (address or "", *told):
        if value.casefold().startswith(("http://", "https://")):
            yield value.strip()


def _language(markup: PageMarkup) -> str | None:
    for value in (*_named(markup, "inLanguage"), markup.language, *_metas(markup, _LANGUAGES)):
        label = label_of(value)
        code = language_of(label) if label else None
        if code:
            return code
    return None


def _date(markup: PageMarkup, url: str | None, settings: ReadSettings) -> DateReading:
    named = (*_named(markup, "datePublished"), *_metas(markup, _DATES))
    read = _readings(named, settings)
    # Of times in the text the first is the likeliest; where there is nothing else, all have a say.
    shown = markup.times[:1] if any(one.published.start is not None for _, one in read) else markup.times
    read += _readings((*shown, *_from_address(url)), settings)
    known = [(text, reading) for text, reading in read if reading.published.start is not None]
    if not known:
        return read[0][1] if read else DateReading(UNDATED)
    first, chosen = known[0]
    for text, other in known[1:]:
        if _apart(chosen.published, other.published) > _FAR_APART:
            note = f"the page gives two dates, {first!r} and {text!r}; the first counts"
            return DateReading(chosen.published, (*chosen.warnings, note))
    return chosen


def _readings(written: Sequence[str], settings: ReadSettings) -> list[tuple[str, DateReading]]:
    return [
        (text, read_date(text, latest=settings.latest, day_first=settings.day_first))
        for text in dict.fromkeys(clean_label(text, 100) for text in written[:_MOST_DATES])
        if text
    ]


def _apart(one: Published, other: Published) -> timedelta:
    """How far two times lie apart, from the end of the one to the beginning of the other."""
    if one.start is None or other.start is None:
        return timedelta(0)
    return max(one.start - (other.start + other.width), other.start - (one.start + one.width), timedelta(0))


def _from_address(url: str | None) -> Iterator[str]:
    found = _IN_ADDRESS.search(url or "")
    if found:
        yield "-".join(found.groups())


def _credited(markup: PageMarkup, url: str | None) -> Iterator[str]:
    """Who the markup says the text comes from, unless it is the page's own house."""
    own = _house(url) if url else ""
    values = [
        *_named(markup, "sourceOrganization"),
        *(name for line in _named(markup, "creditText") for name in credits_of_text(clean_label(line))),
        *_named(markup, "isBasedOn"),
        *_metas(markup, _SOURCES),
        *(link for link in markup.links.get("canonical", ()) if "://" in link),
    ]
    for value in values:
        label = clean_label(host_of(value.strip()), 120)
        if label and len(label.split()) <= _LONGEST_NAME and (not own or _house(value) != own):
            yield label


def _is_same(label: str, outlet: str | None) -> bool:
    return outlet is not None and label.casefold() == outlet.casefold()


def _house(address: str) -> str:
    """The registered part of an address's host (``bbc.co.uk``), so that a site's subdomains are one house."""
    if "://" not in address:
        return address.casefold()
    parts = host_of(address).split(":", 1)[0].split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVELS else 2  # noqa: PLR2004
    return ".".join(parts[-keep:])
