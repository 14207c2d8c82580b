"""What the markup of a web page says about the article on it: JSON-LD, microdata, meta tags, links."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracer.read.page_tree import Node

_MOST_BLOCK_CHARACTERS = 1_000_000
_MOST_BLOCKS = 50
_MOST_OBJECTS = 2_000
_MOST_TAGS = 2_000
_LONGEST_VALUE = 2_000
_ARTICLE_TYPES = frozenset(
    {
        *("newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "reviewnewsarticle"),
        *("backgroundnewsarticle", "askpublicnewsarticle", "article", "blogposting", "liveblogposting", "report"),
        *("socialmediaposting", "techarticle", "scholarlyarticle", "satiricalarticle", "advertisercontentarticle"),
    }
)
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")
_PUBLISHED = "datePublished"
_ARTICLES = frozenset({"article", "main"})
_SECTIONS = _ARTICLES | {"nav", "aside", "footer"}
_NAMES = ("property", "name", "itemprop", "http-equiv")


@dataclass(frozen=True, slots=True)
class PageMarkup:
    """Everything that a page's markup says, as it is written; nothing is judged here.

    ``article`` is the schema.org object of the article: properties by name, each a list of strings and objects;
    ``form`` says how that is written, as ``JSON-LD`` or ``microdata``.
    ``metas`` gives the contents of meta tags by lower-case name, in order; ``links`` the addresses of link tags by
    ``rel``. ``language`` is the page's, ``title`` its title tag, ``times`` the machine-readable times in its article,
    those before the others that are marked as the article's own.
    """

    article: Mapping[str, Sequence[object]] = field(default_factory=dict)
    form: str = ""
    metas: Mapping[str, Sequence[str]] = field(default_factory=dict)
    links: Mapping[str, Sequence[str]] = field(default_factory=dict)
    language: str = ""
    title: str = ""
    times: tuple[str, ...] = ()


def read_markup(root: Node) -> PageMarkup:
    """The markup of a parsed page. Linear; looks at some thousand tags at most, and never fails.

    JSON-LD goes before microdata. Of several articles on a page the first counts, as lists of other articles follow.
    """
    metas: dict[str, list[str]] = defaultdict(list)
    for tag in _some(root.iter("meta")):
        content = tag.get("content") or ""
        for name in _NAMES:
            if content and tag.get(name):
                metas[tag.get(name).strip().casefold()].append(content)
    links: dict[str, list[str]] = defaultdict(list)
    for tag in _some(root.iter("link")):
        for rel in (tag.get("rel") or "").casefold().split():
            links[rel].append(tag.get("href") or "")
    linked = _json_article(root)
    return PageMarkup(
        article=linked or _microdata_article(root),
        form="JSON-LD" if linked else "microdata",
        metas=metas,
        links=links,
        language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        title=next((_text_of(tag) for tag in root.iter("title")), ""),
        times=_times(root),
    )


def _some(tags: Iterator[Node]) -> Iterator[Node]:
    for _, tag in zip(range(_MOST_TAGS), tags, strict=False):
        yield tag


def _times(root: Node) -> tuple[str, ...]:
    marked, others = [], []
    for tag in _some(root.iter("time")):
        written = tag.get("datetime")
        if not written:
            continue
        if tag.get("pubdate") is not None or _PUBLISHED in _names(tag):
            marked.append(written)
        elif not _names(tag) and _is_of_article(tag):
            others.append(written)
    return (*marked, *others)


def _is_of_article(tag: Node) -> bool:
    """Whether the nearest section around ``tag`` is the article, rather than a menu or what stands beside it."""
    return next((above.tag in _ARTICLES for above in tag.iterancestors() if above.tag in _SECTIONS), False)


def _json_article(root: Node) -> dict[str, list[object]]:
    """The properties of the first article among the JSON-LD blocks; empty when there is none."""
    for number, tag in enumerate(root.iter("script")):
        if number > _MOST_BLOCKS * 10:
            break
        text = tag.text or ""
        if "ld+json" not in (tag.get("type") or "").casefold() or len(text) > _MOST_BLOCK_CHARACTERS:
            continue
        try:
            # Some sites put line breaks into strings, or the block into a comment.
            block = json.loads(text.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            continue
        for found in _objects(block):
            if _is_article(found.get("@type")):
                return {str(name): value if isinstance(value, list) else [value] for name, value in found.items()}
    return {}


def _objects(block: object) -> Iterator[dict[str, object]]:
    """The objects of a block, outermost first, those inside lists and graphs included."""
    waiting, seen = [block], 0
    while waiting and seen < _MOST_OBJECTS:
        here = waiting.pop(0)
        seen += 1
        if isinstance(here, list):
            waiting[:0] = here[:_MOST_OBJECTS]
        elif isinstance(here, dict):
            yield here
            waiting += [here[name] for name in _HOLDERS if name in here]


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(one, str) and one.rpartition("/")[2].casefold() in _ARTICLE_TYPES for one in kinds)


def _microdata_article(root: Node) -> dict[str, list[object]]:
    """The properties of the first microdata item that is an article; nested items as objects with a name."""
    for scope in root.iter():
        kinds = scope.get("itemtype") if isinstance(scope.tag, str) else None
        if kinds and _is_article(kinds.split()):
            found: dict[str, list[object]] = defaultdict(list)
            _collect(scope, found)
            return found
    return {}


def _collect(scope: Node, found: dict[str, list[object]]) -> None:
    for tag in _some(scope.iterdescendants()):
        names = _names(tag)
        if not names or _owner(tag) is not scope:
            continue
        value: object = _value(tag)
        if tag.get("itemscope") is not None:
            inner = {name: _value(part) for part in _some(tag.iterdescendants()) for name in _names(part)}
            value = {"name": inner.get("name") or _text_of(tag), "url": inner.get("url", "")}
        for name in names:
            found[name].append(value)


def _owner(tag: Node) -> Node:
    """The item that a property belongs to: the nearest element above it that is one."""
    return next((above for above in tag.iterancestors() if above.get("itemscope") is not None), None)


def _names(tag: Node) -> list[str]:
    return (tag.get("itemprop") or "").split() if isinstance(tag.tag, str) else []


def _value(tag: Node) -> str:
    for name in ("content", "datetime", "href", "src"):
        if tag.get(name):
            return str(tag.get(name))
    return _text_of(tag)


def _text_of(tag: Node) -> str:
    """The beginning of an element's text; no more is looked at, for elements may hold each other by the hundred."""
    pieces, length = [], 0
    for piece in tag.itertext():
        pieces.append(piece[: 4 * _LONGEST_VALUE])
        length += len(pieces[-1])
        if length > 4 * _LONGEST_VALUE:
            break
    return " ".join("".join(pieces).split())[:_LONGEST_VALUE]
