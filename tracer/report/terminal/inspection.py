"""How each article was read: metadata, credits, quotations, attributions, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tracer.domain import ArticleKind, Precision, SourceName, Span
from tracer.report.terminal.plain import shorten, wrapped
from tracer.report.views.figures import count
from tracer.split import CreditKind, ParsedArticle, Quotation, WordClass

_LABEL = 14
_LONGEST = 160
_MOST = 40
_DETECTED = "detected"
_PRECISION = {
    Precision.MINUTE: "to the minute, UTC",
    Precision.HOUR: "to the hour, UTC",
    Precision.DAY: "to the day",
    Precision.MONTH: "to the month",
}


def inspection(parsed: ParsedArticle) -> dict[str, Any]:
    """All that was read out of one article, as plain data; places are half-open, in code points of the raw text.

    ``read_from`` says of each field where it was read, as far as that is known: not of articles made by hand.
    """
    article, split = parsed.article, parsed.split
    return {
        "id": article.id,
        "kind": article.kind.value,
        "path": article.path,
        "line": article.line,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "byline": article.byline,
        "credited": list(article.credited),
        "published": article.published.isoformat() or None,
        "published_precision": article.published.precision.value,
        "language": split.language,
        "read_from": {"language": _DETECTED} | dict(article.origins),
        "characters": len(article.text),
        "words": len(parsed.tokens),
        "sentences": len(split.sentences),
        "credits": [
            {"kind": entry.kind.value, "names": _names(entry.names), **_place(entry.span, article.text)}
            for entry in split.credits
        ],
        "quotations": [_quotation(entry, article.text) for entry in split.quotations],
        "attributions": [
            {"cue": entry.cue, "source": _name(entry.source), **_place(entry.span, article.text)}
            for entry in split.attributions
        ],
        "left_out": [_place(entry.span, article.text) for entry in split.sentences if entry.boilerplate],
        "words_left_out": int((parsed.classes == WordClass.BOILERPLATE).sum()),
        "words_quoted": int((parsed.classes == WordClass.QUOTED).sum()),
        "warnings": [*article.warnings, *split.warnings],
    }


def inspection_text(articles: Iterable[ParsedArticle], width: int) -> str:
    """The inspections of articles one below the other, no line wider than ``width`` cells; ends in a line feed."""
    return "\n\n".join("\n".join(_article(parsed, width)) for parsed in articles) + "\n"


def _article(parsed: ParsedArticle, width: int) -> Iterator[str]:
    seen = inspection(parsed)
    where = seen["read_from"]
    yield wrapped(_told(seen["id"], where.get("id")), width)
    if parsed.article.kind is not ArticleKind.ARTICLE:
        yield _line("kind", _told(seen["kind"], where.get("kind")), width)
    if seen["path"]:
        yield _line("path", _path(seen), width)
    for label in ("outlet", "title", "url", "byline", "credited"):
        if seen[label]:
            shown = ", ".join(seen[label]) if label == "credited" else seen[label]
            yield _line(label, _told(shown, where.get(label)), width)
    yield _line("published", _published(parsed, where.get("published")), width)
    yield _line("language", _told(seen["language"], where["language"]), width)
    yield _line("text", _told(_size(seen), where.get("text")), width)
    yield from _listing("credits", [_credit(entry) for entry in seen["credits"]], width)
    yield from _listing("quotations", [_said(entry) for entry in seen["quotations"]], width)
    yield from _listing("attributions", [_attribution(entry) for entry in seen["attributions"]], width)
    yield from _listing("left out", [_quoted(entry["text"]) for entry in seen["left_out"]], width)
    yield from _listing("warnings", seen["warnings"], width)


def _told(text: str, where: str | None) -> str:
    return f"{text} ({where})" if where else text


def _path(seen: Mapping[str, Any]) -> str:
    return f"{seen['path']}:{seen['line']}" if seen["line"] else str(seen["path"])


def _published(parsed: ParsedArticle, where: str | None) -> str:
    published = parsed.article.published
    exact = _PRECISION.get(published.precision)
    return _told(published.isoformat(), "; ".join(filter(None, (exact, where)))) if exact else "undated"


def _size(seen: Mapping[str, Any]) -> str:
    return (
        f"{count(seen['words'], 'word')} in {count(seen['sentences'], 'sentence')}; {seen['words_quoted']:,} a third "
        f"party's, {seen['words_left_out']:,} page furniture and credits"
    )


def _line(label: str, text: str, width: int) -> str:
    return wrapped(text, width, f"  {label:<{_LABEL}}", " " * (_LABEL + 2))


def _listing(label: str, entries: Sequence[str], width: int) -> Iterator[str]:
    if not entries:
        yield _line(label, "none", width)
    for number, entry in enumerate(entries[:_MOST]):
        yield _line(label if number == 0 else "", entry, width)
    if len(entries) > _MOST:
        yield _line("", f"{len(entries) - _MOST:,} more: --format json lists all", width)


def _credit(entry: Mapping[str, Any]) -> str:
    names = ", ".join(f"{name['name']} ({name['kind']})" for name in entry["names"])
    told = "" if entry["kind"] == CreditKind.METADATA.value else " of the metadata"
    words = f": {_quoted(entry['text'])}" if entry["text"] else told
    about = ", says nothing about the text" if entry["kind"] == CreditKind.PHOTO.value else ""
    return f"{entry['kind']}{words} names {names or 'nobody'}{about}"


def _said(entry: Mapping[str, Any]) -> str:
    who = entry["speaker"]["name"] if entry["speaker"] else "nobody named"
    body = entry["institution"]
    if body and (entry["speaker"] is None or body["name"] != entry["speaker"]["name"]):
        who = f"{who} for {body['name']}" if entry["speaker"] else body["name"]
    cue = f", {entry['cue']}" if entry["cue"] else ""
    return f"{_quoted(entry['text'])} – {who}{cue}{'' if entry['closed'] else ', never closed'}"


def _attribution(entry: Mapping[str, Any]) -> str:
    return f"{entry['source']['name']} ({entry['source']['kind']}): {_quoted(entry['text'])}"


def _quoted(text: str) -> str:
    return f"“{shorten(text, _LONGEST)}”"


def _quotation(entry: Quotation, text: str) -> dict[str, Any]:
    return {
        "speaker": _name(entry.speaker),
        "institution": _name(entry.institution),
        "cue": entry.cue,
        "closed": entry.closed,
        **_place(entry.span, text),
    }


def _names(names: Iterable[SourceName]) -> list[dict[str, str] | None]:
    return [_name(name) for name in names]


def _name(name: SourceName | None) -> dict[str, str] | None:
    return {"name": name.name, "kind": name.kind.value} if name else None


def _place(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "stop": span.stop, "text": span.of(text)}
