"""Which parts of a mail are its text, and what that text is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import NamedTuple

from tracer.read.body import with_newlines
from tracer.read.charsets import decoded_as
from tracer.read.documents import DocumentFault
from tracer.read.encodings import decode
from tracer.read.hard_wraps import NOTE, without_wraps
from tracer.read.labels import clean_label
from tracer.read.mail_text import text_of_html, unflowed
from tracer.read.settings import ReadSettings

_SHOWN = 60
_ASCII_NAMES = frozenset({"ascii", "us-ascii", "ansi_x3.4-1968"})
_ALIKE = 0.8
_APART = "\n\n"


class MailPart(NamedTuple):
    """A part of a mail that is no container: its type, and the name under which it is attached."""

    message: EmailMessage
    kind: str
    name: str
    attached: bool


def part_of(message: EmailMessage) -> MailPart:
    """What ``message``, which is no container, is as a part."""
    attached = message.get_content_disposition() == "attachment"
    return MailPart(message, message.get_content_type(), message.get_filename() or "", attached)


def children(message: EmailMessage) -> list[EmailMessage] | None:
    """The parts that a container holds; ``None`` where ``message`` is none."""
    inner = message.get_payload() if message.get_content_maintype() == "multipart" else None
    return [each for each in inner if isinstance(each, EmailMessage)] if isinstance(inner, list) else None


@dataclass(slots=True)
class MailBody:
    """The text of a mail, the parts that it stands in, and what was assumed.

    ``faults`` are the reasons for which parts could not be read; where there is no text, one of them is why.
    """

    text: str = ""
    is_html: bool = False
    used: list[EmailMessage] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def mail_body(message: EmailMessage, settings: ReadSettings) -> MailBody:
    """The text of ``message``: of spellings of one text the plain one, of texts below each other all.

    Parts that are blank, or attached, count as absent. Texts that have a name count where there is no other.
    """
    body = _Gatherer(settings, named=False).body(message)
    return body if body.text else _Gatherer(settings, named=True).body(message)


class _Gatherer:
    def __init__(self, settings: ReadSettings, *, named: bool) -> None:
        self._settings = settings
        self._named = named

    def body(self, message: EmailMessage) -> MailBody:
        """The text of a part and of those in it; containers are nested by some dozens at most."""
        inner = children(message)
        if inner is None:
            return self._of_part(part_of(message))
        if message.get_content_subtype() == "alternative":
            return self._first(inner)
        return self._joined(inner)

    def _of_part(self, part: MailPart) -> MailBody:
        is_text = part.kind in {"text/plain", "text/html"} and isinstance(part.message.get_payload(), str)
        if not is_text or part.attached or (part.name and not self._named):
            return MailBody()
        try:
            text, warnings = _text_of(part, self._settings)
        except DocumentFault as fault:
            return MailBody(faults=[str(fault)])
        if not text or text.isspace():
            return MailBody()
        return MailBody(text, part.kind == "text/html", [part.message], warnings)

    def _first(self, spellings: list[EmailMessage]) -> MailBody:
        """The first spelling that is not blank; plain ones go before others."""
        faults: list[str] = []
        for spelling in sorted(spellings, key=lambda each: each.get_content_type() != "text/plain"):
            body = self.body(spelling)
            if body.text:
                return body
            faults += body.faults
        return MailBody(faults=faults)

    def _joined(self, inner: list[EmailMessage]) -> MailBody:
        """All texts in their order; one of HTML that says what a plain one does is its other spelling."""
        bodies = [body for each in inner if (body := self.body(each)).text or body.faults]
        plain = [set(body.text.split()) for body in bodies if body.text and not body.is_html]
        kept = [body for body in bodies if body.text and not (body.is_html and _is_told(body.text, plain))]
        return MailBody(
            _APART.join(body.text.strip("\r\n") for body in kept) if len(kept) > 1 else "".join(b.text for b in kept),
            bool(kept) and all(body.is_html for body in kept),
            [part for body in kept for part in body.used],
            list(dict.fromkeys(warning for body in kept for warning in body.warnings)),
            [fault for body in bodies for fault in body.faults],
        )


def _is_told(text: str, others: list[set[str]]) -> bool:
    words = set(text.split())
    return any(len(words & other) >= _ALIKE * max(len(words), len(other)) for other in others)


def _text_of(part: MailPart, settings: ReadSettings) -> tuple[str, list[str]]:
    data = part.message.get_payload(decode=True)
    text, warnings = _decoded(data if isinstance(data, bytes) else b"", part.message.get_content_charset())
    if part.kind == "text/html":
        return text_of_html(text, settings), warnings
    parameters = dict(part.message.get_params() or [])
    if parameters.get("format", "").casefold() == "flowed":
        return unflowed(text, spaces_go=parameters.get("delsp", "").casefold() == "yes"), warnings
    broken = with_newlines(text)
    text = without_wraps(broken)
    return text, warnings if text == broken else [*warnings, NOTE]


def _decoded(data: bytes, charset: str | None) -> tuple[str, list[str]]:
    """``data`` in the encoding that its header names, else in that which fits, with a warning."""
    if charset is not None and (data.isascii() or charset not in _ASCII_NAMES):
        named = decoded_as(data, charset)
        if named is not None:
            return named.text, []
    decoded = decode(data)
    if decoded is None:
        raise DocumentFault("is in no known text encoding; save its text as UTF-8")
    told = f"is not in {clean_label(charset, _SHOWN)}, as it says; read as {decoded.codec}" if charset else ""
    return decoded.text, [*([told] if told else []), *decoded.warnings]


def leaves(message: EmailMessage) -> Iterator[MailPart]:
    """The parts of ``message`` in their order; messages within it are parts, and what they hold is not looked at."""
    left = [message]
    while left:
        part = left.pop()
        inner = children(part)
        if inner is None:
            yield part_of(part)
        else:
            left += reversed(inner)
