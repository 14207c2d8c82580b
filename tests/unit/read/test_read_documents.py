"""Word and OpenDocument texts, and e-mails: press releases as they come, and files made to do harm."""

from __future__ import annotations

import zipfile
from email.message import EmailMessage
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.domain import Article, SkippedArticle
from tracer.read import ReadSettings, read_articles
from tracer.split import split_article

pytest.importorskip("lxml")

PARAGRAPHS = [
    "HOLLIN, March 9 - The ferry to Wick stayed in dock for a third day on Tuesday, harbour officials said.",
    "“We will mend it by Friday,” said Odd Grimsey, the harbour master & chief diver.",
    "The propeller was lost off the skerries last week, when the ferry struck a drifting barrel of tar.",
]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODT = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
ABOUT = f"<about {DC}><dc:title>Ferry in dock</dc:title><dc:creator>Orla Finch</dc:creator></about>"


def word(body: str = "", before: str = "") -> dict[str, str]:
    made = body or "".join(f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p>" for one in PARAGRAPHS)
    return {
        "word/document.xml": f"{before}<w:document {W}><w:body>{made}</w:body></w:document>",
        "docProps/core.xml": ABOUT,
    }


def odt(body: str = "", before: str = "") -> dict[str, str]:
    made = body or "".join(f"<text:p>{escape(one)}</text:p>" for one in PARAGRAPHS)
    return {"content.xml": f"{before}<office:document {ODT}>{made}</office:document>", "meta.xml": ABOUT}


def packed(folder: Path, name: str, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return folder / name


def mail(folder: Path, **headers: str) -> Path:
    message = EmailMessage()
    for name, value in {"From": "Hollin Harbour <press@hollin.example>", "Subject": "Ferry in dock", **headers}.items():
        message[name] = value
    message.set_content("\n\n".join(PARAGRAPHS))
    message.add_alternative(f"<p>{'</p><p>'.join(map(escape, PARAGRAPHS))}</p>", subtype="html")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="map.pdf")
    (folder / "release.eml").write_bytes(bytes(message))
    return folder / "release.eml"


def read(path: Path, **settings: object) -> Article | SkippedArticle:
    (found,) = read_articles([path], ReadSettings(**settings))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("kind", ["docx", "odt", "eml", "txt"])
def test_every_kind_gives_the_same_sentences(tmp_path: Path, kind: str) -> None:
    """And the file's name as id."""
    if kind == "eml":
        path = mail(tmp_path)
    elif kind == "txt":
        path = tmp_path / "release.txt"
        path.write_text("\n\n".join(PARAGRAPHS), encoding="utf-8")
    else:
        path = packed(tmp_path, f"release.{kind}", word() if kind == "docx" else odt())
    found = read(path)
    assert isinstance(found, Article), found
    split = split_article(found, "en")
    assert found.id == "release"
    assert [sentence.span.of(found.text) for sentence in split.sentences] == PARAGRAPHS
    assert [quotation.span.of(found.text) for quotation in split.quotations] == ["We will mend it by Friday,"]


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_title_and_author_are_the_files(tmp_path: Path, kind: str) -> None:
    """When it was made is nobody's date."""
    found = read(packed(tmp_path, f"a.{kind}", word() if kind == "docx" else odt()))
    assert isinstance(found, Article)
    assert (found.title, found.byline, found.published.start) == ("Ferry in dock", "Orla Finch", None)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "<w:p><w:r><w:t>The ferry </w:t></w:r><w:r><w:t>to Wick stays in dock.</w:t></w:r></w:p>",
            "The ferry to Wick stays in dock.",
        ),
        (
            "<w:p><w:r><w:t>The ferry to Wick</w:t><w:br/><w:t>stays in dock.</w:t></w:r></w:p>",
            "The ferry to Wick\nstays in dock.",
        ),
        (
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>The ferry to Wick stays.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "The ferry to Wick stays.",
        ),
        (
            "<w:p><w:del><w:r><w:delText>Not so. </w:delText></w:r></w:del><w:ins><w:r><w:t>The ferry to Wick stays in "
            "dock.</w:t></w:r></w:ins></w:p>",
            "The ferry to Wick stays in dock.",
        ),
    ],
)
def test_what_word_makes_of_a_text_is_undone(tmp_path: Path, body: str, text: str) -> None:
    """Runs, breaks, tables, tracked changes."""
    found = read(packed(tmp_path, "a.docx", word(body)))
    assert isinstance(found, Article)
    assert found.text == text


def test_mails_tell_who_and_when(tmp_path: Path) -> None:
    """With the zone; attachments are named, not read."""
    found = read(mail(tmp_path, Date="Tue, 09 Mar 2021 08:15:00 +0100"))
    assert isinstance(found, Article)
    assert (found.outlet, found.title) == ("Hollin Harbour", "Ferry in dock")
    assert found.published.isoformat() == "2021-03-09T07:15Z"
    assert found.warnings == ("attachments were not read: map.pdf",)


def test_headers_are_made_safe(tmp_path: Path) -> None:
    """Encoded words are decoded, and what a terminal would obey goes."""
    path = tmp_path / "a.eml"
    head = b"From: =?utf-8?q?H=1B=5B31mollin?= <a@b.example>\nSubject: =?utf-8?q?Fer=1B=5B31mry_=E2=80=AEdock?=\n\n"
    path.write_bytes(head + PARAGRAPHS[0].encode())
    found = read(path)
    assert isinstance(found, Article)
    assert (found.outlet, found.title) == ("Hollin", "Ferry dock")


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("name", "parts", "reason"),
    [
        ("a.docx", word("<w:p><w:r><w:t>&b;&b;</w:t></w:r></w:p>", BOMB), "declares XML entities"),
        ("a.odt", odt("<text:p>&e;</text:p>", FILE), "declares XML entities"),
        ("a.docx", {"other.xml": "<x/>"}, "it lacks word/document.xml"),
        ("a.odt", {"content.xml": ""}, "damaged XML"),
        ("a.docx", word("<w:p/>"), "has no text"),
        ("a.docx", word("<w:p><w:r><w:t>" + "x " * 3_000_000 + "</w:t></w:r></w:p>"), "unpacks to more than"),
        ("a.odt", odt("<text:p>" * 5_000), "has no text"),
        ("a.docx", {"../../evil": "x", "/etc/evil": "y"}, "it lacks"),
    ],
)
def test_hostile_documents_are_skips(tmp_path: Path, name: str, parts: dict[str, str], reason: str) -> None:
    """No entity is expanded, no file read or written, nothing unpacked beyond the limit."""
    (tmp_path / "in").mkdir()
    found = read(packed(tmp_path / "in", name, parts), max_file_bytes=5_000_000)
    assert isinstance(found, SkippedArticle)
    assert reason in found.reason
    assert [path.name for path in tmp_path.rglob("*")] == ["in", name]


def test_a_mail_of_a_thousand_wrappings_is_a_skip(tmp_path: Path) -> None:
    """In bounded time: parsing them takes the square of their number."""
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(1_000))
    (tmp_path / "a.eml").write_text(f"From: a@b.example\n{parts}")
    found = read(tmp_path / "a.eml")
    assert isinstance(found, SkippedArticle)
    assert "more often than any mail" in found.reason


@given(st.binary(max_size=200), st.sampled_from(["a.docx", "a.odt", "a.eml"]), st.integers(0, 1_500))
def test_any_bytes_give_one_article_or_one_skip(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str, place: int
) -> None:
    """Never an exception, wherever the damage is."""
    folder = tmp_path_factory.mktemp("any")
    made = mail(folder) if name == "a.eml" else packed(folder, name, word() if name == "a.docx" else odt())
    whole = made.read_bytes()
    (folder / name).write_bytes(whole[:place] + data + whole[place:])
    assert len(list(read_articles([folder / name]))) == 1
