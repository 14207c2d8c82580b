"""Word documents (.docx): the text that a reader of the document sees, one paragraph after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.documents import OF_PROPERTIES, Document, DocumentFault, DocumentForm, Paragraphs, read_document
from tracer.read.settings import ReadSettings
from tracer.read.xml_events import Properties, XmlEvents, parse_xml, short_name
from tracer.read.zip_members import ZipMembers

_RELATIONS = "_rels/.rels"
_USUAL_BODY, _USUAL_PROPERTIES = "word/document.xml", "docProps/core.xml"
# Deleted and moved away; formatting, where tabs are stops and not characters; pronunciation; copies for old programs.
_LEFT_OUT = frozenset(
    {"w:del", "w:moveFrom", "w:pPr", "w:sdtPr", "w:sectPr", "w:rPrChange", "w:rt", "mc:Fallback", "w:tblPr", "w:trPr"}
)
_CHARACTERS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off"})


def read_docx(stream: BinaryIO, path: str, id_: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The article in a Word document, or the reason why there is none.

    Its text is that of paragraphs, cells of tables and boxes, in the order of the file, insertions accepted. Left out
    are what tracked changes delete, hidden text, page headers and footers, footnotes and comments. Title and author
    are those of its properties. It is undated: its properties say when the file was made, not when it was published.

    Holds the file and the text, never a tree of it. Costs some 2 µs per element.
    """
    return read_document(stream, path, id_, settings, DocumentForm("Word document", _opened))


def _opened(data: bytes, settings: ReadSettings) -> Document:
    members = ZipMembers(data, settings)
    parts = _Relations()
    if members.has(_RELATIONS):
        parse_xml(members.blocks(_RELATIONS), parts)
    body = parts.targets.get("officeDocument", _USUAL_BODY)
    if not members.has(body):
        raise DocumentFault("holds no Word text; save its text as .txt")
    text = _Body(settings)
    parse_xml(members.blocks(body), text)
    if not text.is_word:
        raise DocumentFault("is an Office file, but no Word document; save its text as .txt or its table as .csv")
    known = Properties("dc:title", "dc:creator")
    properties = parts.targets.get("core-properties", _USUAL_PROPERTIES)
    if members.has(properties):
        parse_xml(members.blocks(properties), known)
    title, author = known.found.get("dc:title"), known.found.get("dc:creator")
    return Document(text.paragraphs.text(), title, author, origins=OF_PROPERTIES)


class _Relations(XmlEvents):
    """Where the parts of a document are: the last word of a relation's type → the name of a member."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "rel:Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets.setdefault(kind, attributes.get("Target", "").lstrip("/"))


class _Body(XmlEvents):
    """The paragraphs of a document."""

    def __init__(self, settings: ReadSettings) -> None:
        super().__init__(_LEFT_OUT)
        self.paragraphs = Paragraphs(settings)
        self.is_word = False
        self._is_text = self._is_hidden = False

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "w:p":
            self.paragraphs.begin()
        elif name == "w:r":
            self._is_hidden = False
        elif name == "w:t":
            self._is_text = True
        elif name == "w:vanish":
            values = (value for key, value in attributes.items() if short_name(key) == "w:val")
            self._is_hidden = next(values, "") not in _OFF
        elif name in _CHARACTERS:
            self._write(_CHARACTERS[name])
        elif name == "w:body":
            self.is_word = True

    def closed(self, name: str) -> None:
        if name == "w:p":
            self.paragraphs.end()
        elif name == "w:t":
            self._is_text = False

    def wrote(self, text: str) -> None:
        if self._is_text:
            self._write(text)

    def _write(self, text: str) -> None:
        if not self._is_hidden:
            self.paragraphs.write(text)
