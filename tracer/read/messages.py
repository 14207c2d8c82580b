"""E-mails: press releases and wire copy as they are sent, one article a file."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.body import body_of
from tracer.read.date_judgement import read_date
from tracer.read.labels import clean_label
from tracer.read.page_text import plain_text
from tracer.read.settings import ReadSettings
from tracer.read.values import label_of

_MOST_NESTED = 50
"""Multipart wrappings: those who parse them take the square of their number."""
_MOST_PARTS = 500
_MOST_TOLD = 5


def read_message(stream: BinaryIO, path: str, id_: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The article in an ``.eml`` file: its plain text, else its HTML as text.

    The subject is the title, the sender the outlet (the name, else the domain), the date with its zone that of
    publication. Attachments are not read; a warning names them. Holds the file, of at most ``settings.max_file_bytes``.
    """
    data = stream.read(settings.max_file_bytes + 1)
    if len(data) > settings.max_file_bytes:
        yield SkippedArticle(path, 0, f"is larger than {settings.max_file_bytes:,} bytes")
        return
    if data.lower().count(b"multipart/") > _MOST_NESTED:
        yield SkippedArticle(path, 0, "wraps parts in parts more often than any mail; save its text as .txt")
        return
    try:
        found = _article(data, path, id_, settings)
    except Exception as error:  # noqa: BLE001 - the standard library's parser raises whatever odd headers make it raise
        found = SkippedArticle(
            path, 0, f"is no mail that can be parsed ({type(error).__name__}); save its text as .txt"
        )
    yield found


def _article(data: bytes, path: str, id_: str, settings: ReadSettings) -> Article | SkippedArticle:
    message = BytesParser(policy=policy.default).parsebytes(data)
    if not message.keys():
        return SkippedArticle(path, 0, "is no mail: it has no headers; save its text as .txt")
    plain, marked, attached = _parts(message)
    text, fault = body_of(plain if plain.strip() else plain_text(marked), settings)
    if fault is not None:
        return SkippedArticle(path, 0, fault)
    name, address = parseaddr(str(message.get("From") or ""))
    date = read_date(str(message.get("Date") or ""), latest=settings.latest, day_first=settings.day_first)
    told = ", ".join(attached[:_MOST_TOLD]) + (", …" if len(attached) > _MOST_TOLD else "")
    return Article(
        id_,
        text,
        outlet=label_of(name) or label_of(address.rpartition("@")[2]),
        title=label_of(str(message.get("Subject") or "")),
        published=date.published,
        language=settings.language,
        path=path,
        warnings=(*date.warnings, *((f"attachments were not read: {told}",) if attached else ())),
    )


def _parts(message: EmailMessage) -> tuple[str, str, list[str]]:
    """The first plain text, the first HTML, and the names of what is attached."""
    plain = marked = ""
    attached: list[str] = []
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if part.get_filename() or part.is_attachment() or kind not in {"text/plain", "text/html"}:
            attached.append(clean_label(part.get_filename() or kind, 80))
        elif kind == "text/plain" and not plain:
            plain = _content(part)
        elif kind == "text/html" and not marked:
            marked = _content(part)
    return plain, marked, attached


def _content(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeError):
        return data.decode("cp1252", "replace")
