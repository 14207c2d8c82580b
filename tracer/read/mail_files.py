"""Mails (.eml): a press release or wire copy as it was sent."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy, default
from email.utils import parseaddr
from typing import Any, BinaryIO, NamedTuple, cast

from tracer.domain import Article, SkippedArticle
from tracer.read.date_judgement import read_date
from tracer.read.documents import Document, DocumentFault, DocumentForm, read_document
from tracer.read.encodings import decode
from tracer.read.labels import clean_label
from tracer.read.mail_text import text_of_html, unflowed
from tracer.read.settings import ReadSettings

_MOST_BYTES, _MOST_LINES = 64_000_000, 1_000_000
_MOST_PARTS, _MOST_CONTAINERS, _MOST_HEADERS = 200, 30, 10_000
_LONGEST_HEADER, _MOST_FOLDS = 2_000, 100
_TO_DO = "save its text as .txt"
_SHOWN, _SHOWN_PARTS = 60, 10
_ORIGINS = {"title": "header Subject", "outlet": "header From", "published": "header Date"}
# Quadratic in the length of what they decode.
_FOR_NAMES_OF_HOSTS = frozenset({"idna", "punycode"})
_COMMENT = re.compile(r"\s*\([^()]*\)\s*\Z")
_WITHOUT_ZONE = re.compile(r"-0000\s*\Z")


def read_mail(stream: BinaryIO, path: str, id_: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The article in a mail, or the reason why there is none.

    Its text is the first part of plain text, else the first of HTML, which then is converted: an attachment is
    neither. The title is the subject, as it is; the outlet the name of the sender, else the domain of the address; the
    date that of the header. Attachments and forwarded messages are not read, but named in a warning.

    Skipped are mails of more than 64 MB, a million lines, 200 parts, 30 parts that hold parts, or 10,000 headers. Holds
    the file some ten times over; costs some seconds at those bounds.
    """
    return read_document(stream, path, id_, settings, DocumentForm("mail", _opened))


def _opened(data: bytes, settings: ReadSettings) -> Document:
    if len(data) > _MOST_BYTES or data.count(b"\n") > _MOST_LINES:
        raise DocumentFault(f"is a mail of more than {_MOST_BYTES:,} bytes or {_MOST_LINES:,} lines; {_TO_DO}")
    message = cast(EmailMessage, BytesParser(policy=_policy()).parsebytes(data))
    if not message.keys():
        raise DocumentFault("is no mail: it begins with no header; if it is text, name it .txt")
    parts = list(_parts(message))
    body = next((part for kind in ("plain", "html") for part in parts if _is_text(part, kind)), None)
    if body is None:
        raise DocumentFault(f"{_unread(parts, None) or 'has no text'}; save what is to be read by itself")
    text, warnings = _text_of(body, settings)
    unread = _unread(parts, body)
    date = read_date(_date(message), latest=settings.latest, day_first=settings.day_first)
    return Document(
        text,
        title=_words(_raw_header(message, "subject")),
        outlet=_sender(message),
        published=date.published,
        warnings=(*date.warnings, *warnings, *([unread] if unread else [])),
        origins=_ORIGINS | {"text": "HTML part" if body.kind == "text/html" else "plain text part"},
    )


@dataclass(slots=True)
class _Begun:
    """How much of a mail the parser has met. Each line costs as much time as there are parts around it."""

    parts: int = 0
    containers: int = 0
    headers: int = 0

    def check(self) -> None:
        for count, most, what in (
            (self.parts, _MOST_PARTS, "parts"),
            (self.containers, _MOST_CONTAINERS, "parts that hold parts"),
            (self.headers, _MOST_HEADERS, "headers"),
        ):
            if count > most:
                raise DocumentFault(f"has more than {most:,} {what}; {_TO_DO}")


class _BoundedPolicy(EmailPolicy):
    """Headers cut to 2,000 characters: the standard library's parsers of headers are quadratic in their length."""

    begun = _Begun()

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """As the parser of mails asks for it."""
        name, value = super().header_source_parse([line[: 2 * _LONGEST_HEADER] for line in sourcelines[:_MOST_FOLDS]])
        self.begun.headers += 1
        self.begun.containers += name.casefold() == "content-type" and "multipart" in value.casefold()
        self.begun.check()
        return name, value[:_LONGEST_HEADER]


def _policy() -> EmailPolicy:
    """A policy for one mail: it counts the parts as they begin."""
    begun = _Begun()

    def part(policy: Any = None) -> EmailMessage:
        begun.parts += 1
        begun.check()
        return EmailMessage(policy)

    make: Any = _BoundedPolicy  # policies take any attribute of their class by name, which their types do not say
    return cast(EmailPolicy, make(message_factory=part, begun=begun))


class _Part(NamedTuple):
    """A part of a mail that is no container: its type, and the name under which it is attached."""

    message: EmailMessage
    kind: str
    name: str
    attached: bool


def _parts(message: EmailMessage) -> Iterator[_Part]:
    """The parts of ``message`` in their order; messages within it are parts, and what they hold is not looked at."""
    left = [message]
    while left:
        part = left.pop()
        inner = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(inner, list):
            left += [each for each in reversed(inner) if isinstance(each, EmailMessage)]
            continue
        attached = part.get_content_disposition() == "attachment"
        yield _Part(part, part.get_content_type(), part.get_filename() or "", attached)


def _is_text(part: _Part, kind: str) -> bool:
    return part.kind == f"text/{kind}" and not part.attached and not isinstance(part.message.get_payload(), list)


def _text_of(part: _Part, settings: ReadSettings) -> tuple[str, tuple[str, ...]]:
    data = part.message.get_payload(decode=True)
    text, warnings = _decoded(data if isinstance(data, bytes) else b"", part.message.get_content_charset())
    if part.kind == "text/html":
        return text_of_html(text, settings), warnings
    parameters = dict(part.message.get_params() or [])
    if parameters.get("format", "").casefold() == "flowed":
        text = unflowed(text, spaces_go=parameters.get("delsp", "").casefold() == "yes")
    return text, warnings


def _decoded(data: bytes, charset: str | None) -> tuple[str, tuple[str, ...]]:
    """``data`` in the encoding that its header names, else in that which fits, with a warning."""
    if charset is not None:
        try:
            if codecs.lookup(charset).name not in _FOR_NAMES_OF_HOSTS:
                return data.decode(charset), ()
        except (LookupError, ValueError):
            pass
    decoded = decode(data)
    if decoded is None:
        raise DocumentFault("is in no known text encoding; save its text as UTF-8")
    told = f"is not in {clean_label(charset, _SHOWN)}, as it says; read as {decoded.codec}" if charset else ""
    return decoded.text, (*([told] if told else []), *decoded.warnings)


def _unread(parts: list[_Part], body: _Part | None) -> str:
    """Which parts are not read, as a warning; the other spellings of the body and its pictures are none of them."""
    named = []
    for part in parts:
        if part is body or (part.kind in {"text/plain", "text/html"} and not part.attached and not part.name):
            continue
        if part.kind.startswith("message/"):
            named.append("a forwarded message")
        elif part.attached or part.name or not part.kind.startswith("image/"):
            named.append(f"“{clean_label(part.name, _SHOWN)}”" if part.name else part.kind)
    if not named:
        return ""
    more = f" and {len(named) - _SHOWN_PARTS} more" if len(named) > _SHOWN_PARTS else ""
    return f"attachments were not read: {', '.join(named[:_SHOWN_PARTS])}{more}"


def _raw_header(message: EmailMessage, name: str) -> str:
    """A header as written, on one line without escape sequences; bytes that are not ASCII in the encoding that fits."""
    value = next((str(value) for key, value in message.raw_items() if key.casefold() == name), "")
    decoded = decode(value.encode("utf-8", "surrogateescape"))
    return clean_label(decoded.text, _LONGEST_HEADER) if decoded is not None else ""


def _words(written: str) -> str:
    """``written`` with its encoded words (RFC 2047) decoded. What they hold is not yet fit to print."""
    return str(default.header_factory("Subject", written))


def _sender(message: EmailMessage) -> str | None:
    name, address = parseaddr(_raw_header(message, "from"))
    return _words(name) or address.rpartition("@")[2 if "@" in address else 0].casefold().removeprefix("www.") or None


def _date(message: EmailMessage) -> str:
    """The date as written, without a comment such as ``(CEST)``; ``-0000`` is a time in UTC."""
    written = _COMMENT.sub("", _raw_header(message, "date"))
    return _WITHOUT_ZONE.sub("+0000", written)
