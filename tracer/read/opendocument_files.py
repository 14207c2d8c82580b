"""OpenDocument texts (.odt): the text that a reader of the document sees, one paragraph after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.documents import OF_PROPERTIES, Document, DocumentFault, DocumentForm, Paragraphs, read_document
from tracer.read.settings import ReadSettings
from tracer.read.xml_events import Properties, XmlEvents, parse_xml, short_name
from tracer.read.zip_members import ZipMembers

_BODY, _PROPERTIES, _MANIFEST = "content.xml", "meta.xml", "META-INF/manifest.xml"
_SEALED = "encrypted-package"
_ENCRYPTED = b"encryption-data"
_PARAGRAPHS = frozenset({"text:p", "text:h"})
# Deletions are kept in text:tracked-changes; the rest is beside the text, or describes a picture.
_LEFT_OUT = frozenset(
    {"text:tracked-changes", "text:note", "office:annotation", "text:ruby-text", "svg:title", "svg:desc"}
    | {"office:binary-data", "office:forms", "office:event-listeners", "office:styles", "office:automatic-styles"}
)
_BLANKS = re.compile(r"[ \t\r\n]+")
# XML holds no control characters: these stand for what must outlive the collapsing of white space.
_CHARACTERS = {"text:s": "\x01", "text:tab": "\x02", "text:line-break": "\x03"}
_KEPT = str.maketrans("\x01\x02\x03", " \t\n")
_MOST_SPACES = 100


def read_odt(stream: BinaryIO, path: str, id_: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The article in an OpenDocument text, or the reason why there is none.

    Its text is that of headings, paragraphs, cells of tables and boxes, in the order of the file, insertions accepted.
    Left out are what tracked changes delete, page headers and footers, footnotes and comments. Title and author (who
    made it first, else who changed it last) are those of its properties. It is undated: its properties say when the
    file was made, not when it was published.

    Holds the file and the text, never a tree of it. Costs some 2 µs per element.
    """
    return read_document(stream, path, id_, settings, DocumentForm("OpenDocument text", _opened))


def _opened(data: bytes, settings: ReadSettings) -> Document:
    members = ZipMembers(data, settings)
    if members.has(_SEALED) or (members.has(_MANIFEST) and _ENCRYPTED in b"".join(members.blocks(_MANIFEST))):
        raise DocumentFault("is encrypted; open it, and save its text as .txt")
    if not members.has(_BODY):
        raise DocumentFault("holds no OpenDocument text; save its text as .txt")
    text = _Body(settings)
    parse_xml(members.blocks(_BODY), text)
    if not text.is_text:
        raise DocumentFault("is an OpenDocument file, but no text; save its text as .txt or its table as .csv")
    known = Properties("dc:title", "meta:initial-creator", "dc:creator")
    if members.has(_PROPERTIES):
        parse_xml(members.blocks(_PROPERTIES), known)
    author = known.found.get("meta:initial-creator") or known.found.get("dc:creator")
    return Document(text.paragraphs.text(), known.found.get("dc:title"), author, origins=OF_PROPERTIES)


class _Body(XmlEvents):
    """The paragraphs of a document."""

    def __init__(self, settings: ReadSettings) -> None:
        super().__init__(_LEFT_OUT)
        self.paragraphs = Paragraphs(settings)
        self.is_text = False

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _PARAGRAPHS:
            self.paragraphs.begin()
        elif name in _CHARACTERS:
            self.paragraphs.write(_CHARACTERS[name] * _repeated(attributes))
        elif name == "office:text":
            self.is_text = True

    def closed(self, name: str) -> None:
        if name in _PARAGRAPHS:
            self.paragraphs.end(_tidied)

    def wrote(self, text: str) -> None:
        self.paragraphs.write(text)


def _repeated(attributes: Mapping[str, str]) -> int:
    """How many spaces an element stands for: 1 unless it says so, at most 100."""
    count = next((value for key, value in attributes.items() if short_name(key) == "text:c"), "1")
    return min(int(count[:4]), _MOST_SPACES) if count.isdecimal() else 1


def _tidied(text: str) -> str:
    """White space as OpenDocument means it: runs are one space, none at the ends, more only where elements say so."""
    return _BLANKS.sub(" ", text).strip(" ").translate(_KEPT).rstrip()
