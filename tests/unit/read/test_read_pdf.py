"""PDF files: whole sentences without page heads, and no harm from hostile files."""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_documents import STORY, article_of, pdf, pdf_objects, pdf_of, pdf_stream, reason_of, wrapped

from tracer.read import ReadSettings, collect_articles
from tracer.read.pdf_lines import paragraphs_of, without_repeated

pypdf = pytest.importorskip("pypdf", reason="the extra `documents` is not installed")

LONG = "The ferry between Hollin and Wick will sail on through"


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        ([], ""),
        ([["", ""]], ""),
        ([[LONG, "the winter."]], f"{LONG} the winter."),
        ([[LONG, "Monday."]], f"{LONG} Monday."),
        ([[LONG, "the winter.", "Nobody knows."]], f"{LONG} the winter.\n\nNobody knows."),
        ([["Hollin keeps its ferry", LONG, "the winter."]], f"Hollin keeps its ferry\n\n{LONG} the winter."),
        ([[LONG, "", "Monday brought news."]], f"{LONG}\n\nMonday brought news."),
        ([[LONG, "the", "", "winter. It is old."]], f"{LONG} the winter. It is old."),
        ([[LONG, ""], ["", "the winter."]], f"{LONG} the winter."),
        ([[f"{LONG}.”", "and so on."]], f"{LONG}.” and so on."),
    ],
)
def test_lines_become_paragraphs(pages: list[list[str]], text: str) -> None:
    """A line goes on when it is full, or in the middle of a sentence; then across blank lines and pages, too."""
    assert paragraphs_of(pages) == text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["The harbour is old. Every boat in the whole of the har-", "bour is new."], "the harbour is new."),
        (["The harbours are old. Every boat in the whole of the har-", "bour is new."], "the har-bour is new."),
        (["The harbour is a har-bour. A boat in the whole of the har-", "bour is new."], "the har-bour is new."),
        (["Every single boat there is in the whole of the har\u00ad", "bour is new."], "the harbour is new."),
        (
            ["Every single boat there is in the whole of the two-", "and three-year terms."],
            "the two- and three-year terms.",
        ),
        (["Every single boat there is in the whole of the Wick-", "Hollin line."], "the Wick- Hollin line."),
        (["Every single boat there is in the whole of the north –", "far away."], "the north – far away."),
    ],
)
def test_divided_words(lines: list[str], text: str) -> None:
    """Put together where that alone is possible; else the hyphen stays."""
    assert paragraphs_of([lines]).endswith(text)


@pytest.mark.parametrize(
    ("pages", "left_out"),
    [
        ([["Head", "a", "b", "c", "d", "1"], ["Head", "e", "f", "g", "h", "2"]], {"Head", "1", "2"}),
        ([["Head", "a", "b", "c", "d"], ["Head", "e", "f", "g"], ["h", "i", "j", "k"]], {"Head"}),
        ([["Head", "a", "b", "c", "d"], ["l", "e", "f", "g"], ["h", "i", "j", "k"]], set()),
        ([["Head", "a", "b"]], set()),
        ([["a", "b", "same", "c", "d"], ["e", "f", "same", "g", "h"]], set()),
        ([["same", "text"], ["same", "text"]], set()),
    ],
)
def test_heads_and_feet(pages: list[list[str]], left_out: set[str]) -> None:
    """Lines at the edges of most pages go, with a warning; what stands once, or in the middle, stays."""
    kept, warnings = without_repeated(pages)
    assert [list(page) for page in kept] == [[line for line in page if line not in left_out] for page in pages]
    assert bool(warnings) == bool(left_out)


def test_a_release_of_three_pages(tmp_path: Path) -> None:
    """Sentences run across pages, between heads and feet that are left out and told."""
    lines = wrapped(STORY[1:] + STORY[1:])
    pages = [["Hollin Harbour Board", "", *lines[at : at + 5], "", f"Page {at} of 3"] for at in range(0, len(lines), 5)]
    article = article_of(tmp_path / "a.pdf", pdf(*pages))
    assert article.text == "\n\n".join(STORY[1:] + STORY[1:])
    (warning,) = article.warnings
    assert warning == "2 lines repeated on every page were left out: “Hollin Harbour Board”, “Page 0 of 3”"


def test_pages_without_text(tmp_path: Path) -> None:
    """None of them has any: it needs OCR. One of them: a warning."""
    reason = reason_of(tmp_path / "a.pdf", pdf([], []))
    assert "holds pictures of text" in reason
    assert "OCR" in reason
    article = article_of(tmp_path / "a.pdf", pdf(wrapped(), []))
    assert article.warnings == ("1 of 2 pages hold no text; if they are pictures of text, they need OCR",)


@pytest.mark.parametrize("password", ["", "sesame"])
def test_encrypted(tmp_path: Path, password: str) -> None:
    """With whatever password, it is told what to do."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt(password, owner_password="board", algorithm="RC4-128")  # noqa: S106 - a test's
    stream = io.BytesIO()
    writer.write(stream)
    assert "is encrypted" in reason_of(tmp_path / "a.pdf", stream.getvalue())
    made = pdf_of(pdf_objects([wrapped()]), b"/ID [(a) (b)] /Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 >> ")
    assert reason_of(tmp_path / "a.pdf", made)


def changed(**objects: bytes) -> bytes:
    """The story as a PDF with objects (``o2`` is the second) replaced, or added behind the last."""
    made = pdf_objects([wrapped()])
    for name, body in objects.items():
        number = int(name[1:])
        made[number - 1 : number] = [body]
    return pdf_of(made)


PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> %s >> /Contents 5 0 R >>"
SHOWS = b"BT /F1 9 Tf (The ferry will sail on all winter. ) Tj ET "


def nested_forms(depth: int, times: int) -> bytes:
    """A page that draws a form, which draws the next one, each so many times."""
    forms = {}
    for number in range(7, 7 + depth):
        inner = b"/X %d 0 R" % (number + 1) if number < 6 + depth else b""
        entries = b"/Subtype /Form /Resources << /Font << /F1 3 0 R >> /XObject << %s >> >>" % inner
        forms[f"o{number}"] = pdf_stream(SHOWS + b"/X Do " * (times if inner else 0), entries)
    page = PAGE % b"/XObject << /X 7 0 R >>"
    return changed(o5=pdf_stream(SHOWS + b"/X Do " * times), o6=page, **forms)


def deep_tree(depth: int) -> bytes:
    tree = {f"o{n}": b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(7, 7 + depth)}
    return changed(o2=b"<< /Type /Pages /Kids [7 0 R] /Count 1 >>", **tree)


def flated(size: int, filling: bytes = b"0 ") -> bytes:
    return pdf_stream(zlib.compress(filling * (size // len(filling))), b"/Filter /FlateDecode")


MAPPING = b"/CIDInit begincmap 1 beginbfchar <41> <%s> endbfchar endcmap" % (b"0041" * 5_000)


@pytest.mark.parametrize(
    "made",
    [
        lambda: changed(o2=b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        lambda: changed(o2=b"<< /Type /Pages /Kids [6 0 R 2 0 R 6 0 R] /Count 9999999 >>"),
        lambda: changed(o1=b"<< /Type /Catalog /Pages 1 0 R >>"),
        lambda: changed(o1=b"[" * 20_000),
        lambda: changed(o6=b"<< /Type /Page /Parent 6 0 R /Contents 6 0 R >>"),
        lambda: changed(o5=b"5 0 R"),
        lambda: changed(o5=b"[" + b"6 0 R " * 1_000 + b"]"),
        lambda: deep_tree(3_000),
        lambda: changed(o5=flated(30_000_000)),
        lambda: changed(o5=flated(3_900_000)),
        lambda: changed(o5=flated(3_900_000, b"[")),
        lambda: changed(o2=b"<< /Type /Pages /Kids [%s] /Count 1 >>" % (b"6 0 R " * 2_001)),
        lambda: changed(o3=b"<< /Type /Font /Subtype /Type1 /ToUnicode 7 0 R >>", o7=pdf_stream(MAPPING)),
        lambda: changed(o5=flated(2_000_000, b"BT (a) Tj ET "), o2=b"<< /Kids [%s] /Count 1 >>" % (b"6 0 R " * 1_000)),
    ],
)
def test_hostile_files(tmp_path: Path, made: Callable[[], bytes], capfd: pytest.CaptureFixture[str]) -> None:
    """Cycles, depths, bombs and floods end as one article or one skip, soon, and print nothing."""
    path = tmp_path / "a.pdf"
    path.write_bytes(made())
    articles, skipped = collect_articles([path])
    assert len(articles) + len(skipped) == 1
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("depth", "times"), [(3, 4), (12, 10), (800, 2)])
def test_forms_within_forms(tmp_path: Path, depth: int, times: int) -> None:
    """Text in forms is read; forms that draw each other ever more often are work that is bounded."""
    path = tmp_path / "a.pdf"
    path.write_bytes(nested_forms(depth, times))
    articles, skipped = collect_articles([path])
    assert len(articles) + len(skipped) == 1
    assert articles or depth > 3


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (changed(o2=b"<< /Type /Pages /Kids [%s] /Count 1 >>" % (b"6 0 R " * 2_001)), "has 2,001 pages"),
        (changed(o5=flated(30_000_000)), "is damaged or no PDF"),
        (changed(o3=b"<< /Type /Font /ToUnicode 7 0 R >>", o7=pdf_stream(MAPPING)), "has a font that makes pages"),
    ],
)
def test_reasons(tmp_path: Path, data: bytes, reason: str) -> None:
    """What is beyond a bound is told."""
    assert reason in reason_of(tmp_path / "a.pdf", data)


def test_a_long_pdf_stops_at_the_limit(tmp_path: Path) -> None:
    """Pages behind the longest admissible article are not read."""
    data = pdf(*[wrapped()] * 50)
    assert "is longer than 2,000" in reason_of(tmp_path / "a.pdf", data, ReadSettings(max_article_chars=2_000))


def test_what_pypdf_says_is_not_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It knows no quiet but a handler of its own; those of the program that uses tracer are left alone."""
    handlers = list(logging.getLogger().handlers)
    reason_of(tmp_path / "a.pdf", b"%PDF-1.4\n" + b"\x1b[31m" * 99 + b"\nstartxref\n7\n%%EOF")
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger().handlers == handlers


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_bytes(tmp_path: Path, data: st.DataObject) -> None:
    """With some bytes changed, a PDF is one article or one skip."""
    whole = bytearray(pdf())
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.pdf"
    path.write_bytes(whole)
    articles, skipped = collect_articles([path])
    assert len(articles) + len(skipped) == 1
