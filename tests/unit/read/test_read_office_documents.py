"""Word documents and OpenDocument texts: what a reader of them sees, and nothing that was made to do harm."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_documents import (
    AUTHOR,
    STORY,
    TITLE,
    archive,
    article_of,
    docx,
    docx_paragraph,
    docx_xml,
    odt,
    odt_xml,
    reason_of,
)

from tracer.read import ReadSettings, collect_articles

pytest.importorskip("lxml", reason="the extra `documents` is not installed")

ALL = ReadSettings(min_words=0)
RUN = "<w:r><w:t>{}</w:t></w:r>"
DRAWN = (
    '<w:p><w:r><w:t>Outer</w:t><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
    "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p><w:r><w:t>One</w:t></w:r><w:r><w:t xml:space='preserve'> two</w:t></w:r></w:p>", "One two"),
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r></w:p>", "a\tb\nc-"),
        ("<w:p><w:pPr><w:tabs><w:tab w:pos='9'/></w:tabs></w:pPr><w:r><w:t>no tab</w:t></w:r></w:p>", "no tab"),
        (f"<w:p>{RUN.format('a')}<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>", "a"),
        (f"<w:p><w:del>{RUN.format('gone')}</w:del><w:ins>{RUN.format('new')}</w:ins></w:p>", "new"),
        (f"<w:p><w:moveFrom>{RUN.format('old place')}</w:moveFrom>{RUN.format('b')}</w:p>", "b"),
        (f"<w:p><w:hyperlink>{RUN.format('link')}</w:hyperlink></w:p>", "link"),
        (f"<w:sdt><w:sdtContent><w:p>{RUN.format('control')}</w:p></w:sdtContent></w:sdt>", "control"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>seen</w:t></w:r></w:p>", "seen"),
        ("<w:p><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>seen</w:t></w:r></w:p>", "seen"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>field</w:t></w:r></w:p>", "field"),
        ("<w:p/><w:p><w:r><w:t>  </w:t></w:r></w:p><w:p><w:r><w:t>x</w:t></w:r></w:p>", "x"),
        (
            "<w:p><w:r><w:t>before</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>left</w:t></w:r></w:p></w:tc>"
            "<w:tc><w:p><w:r><w:t>right</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>after</w:t></w:r></w:p>",
            "before\n\nleft\n\nright\n\nafter",
        ),
        (DRAWN, "box\n\nOuter"),
    ],
)
def test_what_word_shows(tmp_path: Path, body: str, text: str) -> None:
    """Paragraphs, cells and boxes in their order, changes accepted; nothing that is deleted, hidden or formatting."""
    assert article_of(tmp_path / "a.docx", docx(body), ALL).text == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<text:h>Head</text:h><text:p>One <text:span>two</text:span></text:p>", "Head\n\nOne two"),
        ("<text:p>\n  a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d\n e  f </text:p>", "a   b\tc\nd e f"),
        ("<text:p>a<text:s text:c='99999999999999'/>b</text:p>", "a" + " " * 100 + "b"),
        ("<text:p>a<text:s text:c='-5'/>b</text:p>", "a b"),
        ("<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>kept</text:p>", "kept"),
        ("<text:p>a<text:note><text:note-body><text:p>foot</text:p></text:note-body></text:note>b</text:p>", "ab"),
        ("<text:p>a<office:annotation><text:p>comment</text:p></office:annotation>b</text:p>", "ab"),
        ("<text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>", "item"),
        ("<text:p>out<text:section><text:p>box</text:p></text:section></text:p>", "box\n\nout"),
        ("loose<text:p> </text:p><text:p>x</text:p>", "x"),
    ],
)
def test_what_opendocument_shows(tmp_path: Path, body: str, text: str) -> None:
    """Headings, paragraphs, items and boxes in their order; white space as the format means it."""
    assert article_of(tmp_path / "a.odt", odt(body), ALL).text == text


def test_a_document_that_python_docx_wrote(tmp_path: Path) -> None:
    """With a header, a table and properties, as such programs write it."""
    library = pytest.importorskip("docx")
    document = library.Document()
    document.core_properties.title, document.core_properties.author = TITLE, AUTHOR
    document.sections[0].header.paragraphs[0].text = "Harbour Board – press release"
    for text in STORY[:2]:
        document.add_paragraph(text)
    document.add_table(1, 2).rows[0].cells[1].text = STORY[2]
    document.add_paragraph(STORY[3])
    stream = io.BytesIO()
    document.save(stream)
    article = article_of(tmp_path / "a.docx", stream.getvalue())
    assert article.text == "\n\n".join(STORY)
    assert (article.title, article.byline) == (TITLE, AUTHOR)


def test_parts_under_other_names(tmp_path: Path) -> None:
    """Where the text is, the package says; names that lead out of it lead nowhere."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Type="http://x/officeDocument" Target="{}"/></Relationships>'
    )
    xml = docx_xml("".join(map(docx_paragraph, STORY)))
    for target, inside in (("/word/document2.xml", "word/document2.xml"), ("../../up.xml", "../../up.xml")):
        data = archive({"_rels/.rels": relations.format(target), inside: xml})
        assert article_of(tmp_path / "a.docx", data).text == "\n\n".join(STORY)
    outside = tmp_path / "secret.xml"
    outside.write_text(xml, encoding="utf-8")
    for target in ("/etc/passwd", str(outside), "../secret.xml", outside.as_uri()):
        reason = reason_of(tmp_path / "a.docx", archive({"_rels/.rels": relations.format(target)}))
        assert "holds no Word text" in reason
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "secret.xml"]


def bomb(kind: str) -> str:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE r [<!ENTITY e0 "ha">{levels}]>' if kind == "bomb" else '<!DOCTYPE r SYSTEM "file:///etc/passwd">'


@pytest.mark.parametrize(
    "before", [bomb("bomb"), bomb("external"), '<!DOCTYPE r [<!ENTITY e11 SYSTEM "/etc/passwd">]>']
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused(tmp_path: Path, before: str, encoding: str) -> None:
    """No entity is expanded, no file is opened, in whatever encoding it is asked for."""
    word = docx_xml("<w:p><w:r><w:t>&e11;</w:t></w:r></w:p>", before).replace("?>", f" encoding='{encoding}'?>", 1)
    odf = odt_xml("<text:p>&e11;</text:p>", before).replace("?>", f" encoding='{encoding}'?>", 1)
    for name, member, xml in (("a.docx", "word/document.xml", word), ("a.odt", "content.xml", odf)):
        assert "declares a document type" in reason_of(tmp_path / name, archive({member: xml.encode(encoding)}))


def lying(data: bytes, claimed: int) -> bytes:
    """The archive ``data`` with every member's declared size replaced."""
    changed = bytearray(data)
    for magic, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = changed.find(magic)
        while place >= 0:
            struct.pack_into("<I", changed, place + offset, claimed)
            place = changed.find(magic, place + 4)
    return bytes(changed)


GIANT = "<w:p><w:r><w:t>" + "word " * 3_000_000 + "</w:t></w:r></w:p>"
SMALL = ReadSettings(max_article_chars=50_000, max_file_bytes=1_000_000)


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (lambda: docx(GIANT), "unpacks to"),
        (lambda: lying(docx(GIANT), 9_000), "is damaged or no Word document"),
        (lambda: docx("<w:p>" + "<w:r/>" * 150_000), "is damaged or no Word document"),
        (lambda: docx(**{"word/media/a.png": b"\0" * 2_000_000}), "unpacks to"),
        (lambda: docx("<w:p><w:r><w:t>" + "word " * 20_000), "is longer than 50,000 characters"),
    ],
    ids=["bomb", "lying bomb", "elements", "picture", "long"],
)
def test_archives_that_grow(tmp_path: Path, made: Callable[[], bytes], reason: str) -> None:
    """What an archive unpacks to is bounded, whether it says so or not."""
    data = made()
    assert len(data) < SMALL.max_file_bytes
    tracemalloc.start()
    found = reason_of(tmp_path / "a.docx", data, SMALL)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reason in found
    assert peak < 4_000_000


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", archive({"xl/workbook.xml": "<x/>"}), "holds no Word text"),
        ("a.docx", archive({"word/document.xml": "<x/>"}), "no Word document"),
        ("a.docx", archive({"word/document.xml": b"\xff\xfe<"}), "is damaged or no Word document"),
        ("a.docx", docx(""), "has no text"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is encrypted, or of an old version"),
        ("a.docx", archive({"word/document.xml": docx_xml("")}, zipfile.ZIP_LZMA), "is compressed in a way"),
        ("a.docx", archive({f"m{n}": "" for n in range(10_001)}), "has more than 10,000 parts"),
        ("a.docx", docx("<w:p>" * 5_000), "is damaged or no Word document"),
        ("a.odt", archive({"x": "<x/>"}), "holds no OpenDocument text"),
        ("a.odt", archive({"content.xml": "<x/>"}), "is an OpenDocument file, but no text"),
        ("a.odt", odt(**{"META-INF/manifest.xml": "<m:encryption-data/>"}), "is encrypted"),
        ("a.odt", odt(""), "has no text"),
    ],
)
def test_office_files_that_are_no_articles(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    """Each is one skip, with what to do."""
    assert reason in reason_of(tmp_path / name, data)


def test_encrypted_members(tmp_path: Path) -> None:
    """A member with the flag of encryption is told as that."""
    data = bytearray(archive({"word/document.xml": docx_xml("")}))
    for magic, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(magic) + offset] |= 1
    assert "is encrypted" in reason_of(tmp_path / "a.docx", bytes(data))


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_ten_million_characters_of_one_paragraph(tmp_path: Path, name: str) -> None:
    """Read when the settings allow it, skipped when they do not."""
    text = "word " * 2_000_000
    data = docx(docx_paragraph(text)) if name == "a.docx" else odt(f"<text:p>{text}</text:p>")
    assert "is longer than" in reason_of(tmp_path / name, data)
    assert article_of(tmp_path / name, data, ReadSettings(max_article_chars=10_000_000)).text == text.rstrip()


@pytest.mark.parametrize("made", [docx, odt])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_bytes(tmp_path: Path, made: Callable[[], bytes], data: st.DataObject) -> None:
    """With some bytes changed, inside the archive or inside its XML, a document is one article or one skip."""
    whole = bytearray(made())
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / ("a.docx" if made is docx else "a.odt")
    path.write_bytes(whole)
    articles, skipped = collect_articles([path])
    assert len(articles) + len(skipped) == 1
