"""Press releases and wire copy as documents: Word and OpenDocument texts, one article a file."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.body import body_of
from tracer.read.settings import ReadSettings
from tracer.read.values import label_of

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_WORD_LEFT_OUT = frozenset({f"{_WORD}del", f"{_WORD}instrText", f"{_WORD}delText", f"{_WORD}pPr", f"{_WORD}rPr"})
_ODT_LEFT_OUT = frozenset({f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_TEXT}sequence-decls"})
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_BLANKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}


def read_word(stream: BinaryIO, path: str, id_: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The article in a ``.docx`` file: its paragraphs, those in tables included, a blank line between them.

    Headers, footers, notes, comments and what was deleted with changes tracked are left out. Title and author are the
    file's; when it was made says nothing about when it was published. XML that declares entities is refused. Holds the
    document, of parts of at most ``settings.max_file_bytes``.
    """
    yield from _document(stream, path, id_, settings, ("word/document.xml", "docProps/core.xml"))


def read_odt(stream: BinaryIO, path: str, id_: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """As :func:`read_word`, of an OpenDocument text (``.odt``)."""
    yield from _document(stream, path, id_, settings, ("content.xml", "meta.xml"))


def _document(
    stream: BinaryIO, path: str, id_: str, settings: ReadSettings, parts: tuple[str, str]
) -> Iterator[Article | SkippedArticle]:
    body = about = None
    fault: str | None = None
    try:
        with zipfile.ZipFile(stream) as archive:
            body, fault = _part(archive, parts[0], settings)
            about, _ = _part(archive, parts[1], settings)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        fault = f"is damaged, encrypted, or no such document ({error}); save its text as .txt"
    if body is None:
        yield SkippedArticle(path, 0, fault or "holds no text")
        return
    text, fault = body_of("\n\n".join(_paragraphs(body)), settings)
    if fault is not None:
        yield SkippedArticle(path, 0, fault)
        return
    title, author = (_property(about, name) for name in ("title", "creator"))
    yield Article(id_, text, title=title, byline=author, language=settings.language, path=path)


def _part(archive: zipfile.ZipFile, name: str, settings: ReadSettings) -> tuple[Any | None, str | None]:
    """A part of a document as a tree, or why it is not read."""
    from lxml import etree  # noqa: PLC0415 - an extra

    if name not in archive.namelist():
        return None, f"is no such document: it lacks {name}; save its text as .txt"
    with archive.open(name) as stream:
        data = stream.read(settings.max_file_bytes + 1)
    if len(data) > settings.max_file_bytes:
        return None, f"unpacks to more than {settings.max_file_bytes:,} bytes"
    if any(mark in data for mark in _DECLARATIONS):
        return None, "declares XML entities, which no document needs; it is not read"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        return etree.fromstring(data, parser), None
    except (etree.LxmlError, ValueError) as error:
        return None, f"holds damaged XML ({error}); save its text as .txt"


def _paragraphs(root: Any) -> Iterator[str]:
    for node in root.iter(f"{_WORD}p", f"{_TEXT}p", f"{_TEXT}h"):
        if next(node.iterancestors(*_ODT_LEFT_OUT, f"{_WORD}txbxContent"), None) is None:
            line = "".join(_pieces(node)).strip()
            if line:
                yield line


def _pieces(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph in order, without what is left out; without recursion, however deep."""
    waiting: list[tuple[Any, bool]] = [(paragraph, False)]
    while waiting:
        node, is_done = waiting.pop()
        in_text = not str(node.tag).startswith(_WORD)
        if is_done:
            if in_text and node is not paragraph:
                yield node.tail or ""
            continue
        waiting.append((node, True))
        if not isinstance(node.tag, str) or node.tag in _WORD_LEFT_OUT or node.tag in _ODT_LEFT_OUT:
            continue
        yield _BLANKS.get(node.tag, "")
        if node.tag == f"{_TEXT}s":
            count = node.get(f"{_TEXT}c") or "1"
            yield " " * (int(count) if count.isdecimal() and len(count) < 4 else 1)  # noqa: PLR2004
        if node.tag == f"{_WORD}t" or in_text:
            yield node.text or ""
        waiting += [(child, False) for child in reversed(node)]


def _property(about: Any | None, name: str) -> str | None:
    found = next(about.iter(f"{_DUBLIN}{name}"), None) if about is not None else None
    return label_of(found.text) if found is not None else None
