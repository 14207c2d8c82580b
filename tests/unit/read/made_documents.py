"""Documents made for tests: the same short story in every format, and what a hostile sender would make of them."""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tracer.domain import Article, SkippedArticle
from tracer.read import ReadSettings, collect_articles

STORY = (
    "Hollin keeps its ferry",
    "The ferry between Hollin and Wick will sail on through the winter, the harbour board said on Monday night after "
    "three hours of talks. It had been due to stop in the first week of November.",
    "“Nobody wanted to be the one who tied her up,” said Ann Larne, who chairs the board. She thanked the 212 people "
    "who had written in, and the school choir that sang outside.",
    "The boat was built in 1961 and carries twelve cars. A new ramp at Wick is to be ready by spring.",
)
TITLE, AUTHOR = "Hollin keeps its ferry", "Ann Larne"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE, TEXT = (f"urn:oasis:names:tc:opendocument:xmlns:{part}:1.0" for part in ("office", "text"))
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"


def archive(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return stream.getvalue()


def docx_xml(body: str, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def docx_paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def docx(body: str | None = None, before: str = "", **others: str | bytes) -> bytes:
    inner = "".join(map(docx_paragraph, STORY)) if body is None else body
    core = (
        f'<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="{DC}" xmlns:t="http://purl.org/dc/terms/">'
        f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator>"
        "<t:created>2015-03-02T06:30:00Z</t:created></cp:coreProperties>"
    )
    return archive({"word/document.xml": docx_xml(inner, before), "docProps/core.xml": core, **others})


def odt_xml(body: str, before: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{before}<office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def odt(body: str | None = None, before: str = "", **others: str | bytes) -> bytes:
    inner = "".join(f"<text:p>{escape(text)}</text:p>" for text in STORY) if body is None else body
    meta = (
        f'<office:document-meta xmlns:office="{OFFICE}" xmlns:dc="{DC}" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><office:meta>'
        f"<dc:title>{TITLE}</dc:title><meta:initial-creator>{AUTHOR}</meta:initial-creator>"
        "<dc:creator>Bo Wick</dc:creator><dc:date>2015-03-02T06:30:00</dc:date></office:meta></office:document-meta>"
    )
    return archive({"content.xml": odt_xml(inner, before), "meta.xml": meta, **others})


def wrapped(paragraphs: Sequence[str] = STORY, width: int = 76) -> list[str]:
    """Lines as printed, without any blank ones."""
    return [line for text in paragraphs for line in textwrap.wrap(text, width, break_on_hyphens=False)]


def pdf_objects(pages: Sequence[Sequence[str]]) -> list[bytes]:
    """Catalogue, tree of pages, a font, properties, then a page description and a page for each page."""
    first = 5
    kids = " ".join(f"{first + 2 * place + 1} 0 R" for place in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({TITLE}) /Author ({AUTHOR}) /CreationDate (D:20150302063000Z) >>".encode(),
    ]
    for place, lines in enumerate(pages):
        shown = b"".join(b"(%s) Tj T*\n" % _in_pdf(line) for line in lines)
        objects.append(pdf_stream(b"BT /F1 11 Tf 14 TL 60 780 Td\n%sET" % shown if lines else b"0 0 9 9 re f"))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R >>" % (first + 2 * place)
        )
    return objects


def pdf_stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R /Info 4 0 R %s>>\nstartxref\n%d\n%%%%EOF"
        % (*(len(objects) + 1, table, len(objects) + 1, trailer, len(data)),)
    )


def pdf(*pages: Sequence[str]) -> bytes:
    return pdf_of(pdf_objects(pages or [wrapped()]))


def eml(body: str | None = None, headers: str = "Content-Type: text/plain; charset=utf-8\n") -> bytes:
    text = "\n\n".join(STORY) if body is None else body
    return (
        "From: Hollin Harbour Board <press@board.hollin.example>\n"
        f"Subject: {TITLE}\nDate: Mon, 2 Mar 2015 06:30:00 +0100\nMIME-Version: 1.0\n{headers}\n{text}\n"
    ).encode()


def read_one(path: Path, data: bytes, settings: ReadSettings | None = None) -> Article | SkippedArticle:
    """What becomes of a file with ``data``: one article, or one skip."""
    path.write_bytes(data)
    articles, skipped = collect_articles([path], settings or ReadSettings())
    (found,) = [*articles, *skipped]
    return found


def article_of(path: Path, data: bytes, settings: ReadSettings | None = None) -> Article:
    found = read_one(path, data, settings)
    assert isinstance(found, Article), found
    return found


def reason_of(path: Path, data: bytes, settings: ReadSettings | None = None) -> str:
    found = read_one(path, data, settings)
    assert isinstance(found, SkippedArticle), found
    assert found.path == str(path)
    return found.reason


def _in_pdf(line: str) -> bytes:
    data = line.encode("cp1252")
    for special in (b"\\", b"(", b")"):
        data = data.replace(special, b"\\" + special)
    return data
