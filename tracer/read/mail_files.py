"""Mails (.eml): a press release or wire copy as it was sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from typing import BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.date_judgement import read_date
from tracer.read.documents import Document, DocumentFault, DocumentForm, read_document
from tracer.read.encodings import decode
from tracer.read.labels import clean_label
from tracer.read.mail_body import MailBody, MailPart, leaves, mail_body
from tracer.read.mime import LONGEST_HEADER, MimeBounds, MimeFault, parse_mime
from tracer.read.settings import ReadSettings

_MOST_BYTES, _MOST_LINES = 64_000_000, 1_000_000
_BOUNDS = MimeBounds(parts=200, containers=30, headers=10_000)
_TO_DO = "save its text as .txt"
_SHOWN, _SHOWN_PARTS = 60, 10
_ORIGINS = {"title": "header Subject", "outlet": "header From", "published": "header Date"}
_COMMENT = re.compile(r"\s*\([^()]*\)\s*\Z")
_WITHOUT_ZONE = re.compile(r"-0000\s*\Z")


def read_mail(stream: BinaryIO, path: str, id_: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The article in a mail, or the reason why there is none.

    Of spellings of one text the plain one counts, else the one in HTML, which is converted; of texts below each other
    all do, but no attachment, and no part that is blank. The title is the subject, as it is; the outlet the name of the
    sender, else the domain of the address; the date that of the header. Attachments and forwarded messages are not
    read, but named in a warning.

    Skipped are mails of more than 64 MB, a million lines, 200 parts, 30 parts that hold parts, or 10,000 headers. Holds
    the file some ten times over; costs some seconds at those bounds.
    """
    return read_document(stream, path, id_, settings, DocumentForm("mail", _opened))


def _opened(data: bytes, settings: ReadSettings) -> Document:
    if len(data) > _MOST_BYTES or data.count(b"\n") > _MOST_LINES:
        raise DocumentFault(f"is a mail of more than {_MOST_BYTES:,} bytes or {_MOST_LINES:,} lines; {_TO_DO}")
    try:
        message = parse_mime(data, _BOUNDS)
    except MimeFault as fault:
        raise DocumentFault(f"{fault}; {_TO_DO}") from fault
    if not message.keys():
        raise DocumentFault("is no mail: it begins with no header; if it is text, name it .txt")
    parts = list(leaves(message))
    body = mail_body(message, settings)
    unread = _unread(parts, body.used)
    if not body.text:
        raise DocumentFault(next(iter(body.faults), f"{unread or 'has no text'}; save what is to be read by itself"))
    faults = [f"a part was not read: it {fault}" for fault in body.faults]
    date = read_date(_date(message), latest=settings.latest, day_first=settings.day_first)
    return Document(
        body.text,
        title=_words(_raw_header(message, "subject")),
        outlet=_sender(message),
        published=date.published,
        warnings=(*date.warnings, *body.warnings, *faults, *([unread] if unread else [])),
        origins=_ORIGINS | {"text": _place_of(body)},
    )


def _place_of(body: MailBody) -> str:
    """Where the text stands."""
    if len({part.get_content_type() for part in body.used}) > 1:
        return "plain text and HTML parts"
    return "HTML part" if body.is_html else "plain text part"


def _unread(parts: list[MailPart], used: list[EmailMessage]) -> str:
    """Which parts are not read, as a warning; the other spellings of the body and its pictures are none of them."""
    read = {id(message) for message in used}
    named = []
    for part in parts:
        is_spelling = part.kind in {"text/plain", "text/html"} and not part.attached and not part.name
        if is_spelling or id(part.message) in read:
            continue
        if part.kind.startswith("message/"):
            named.append("a forwarded message")
        elif part.attached or part.name or not part.kind.startswith("image/"):
            named.append(f"“{clean_label(part.name, _SHOWN)}”" if part.name else clean_label(part.kind, _SHOWN))
    if not named:
        return ""
    more = f" and {len(named) - _SHOWN_PARTS} more" if len(named) > _SHOWN_PARTS else ""
    return f"attachments were not read: {', '.join(named[:_SHOWN_PARTS])}{more}"


def _raw_header(message: EmailMessage, name: str) -> str:
    """A header as written, on one line without escape sequences; bytes that are not ASCII in the encoding that fits."""
    value = next((str(value) for key, value in message.raw_items() if key.casefold() == name), "")
    decoded = decode(value.encode("utf-8", "surrogateescape"))
    return clean_label(decoded.text, LONGEST_HEADER) if decoded is not None else ""


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
