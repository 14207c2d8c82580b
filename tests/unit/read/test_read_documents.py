"""Press releases, statements and wire copy as documents: one article each, the same whatever the format."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from made_documents import AUTHOR, STORY, TITLE, article_of, docx, eml, odt, pdf, reason_of

from tracer.domain import UNDATED, Article
from tracer.read import ReadSettings, collect_articles
from tracer.split import split_article

pytest.importorskip("lxml", reason="the extra `documents` is not installed")
pytest.importorskip("pypdf", reason="the extra `documents` is not installed")

PLAIN = "\n\n".join(STORY)
HTML = "".join(f"<p>{text}</p>\n" for text in STORY)
MADE = {
    "story.docx": docx(),
    "story.odt": odt(),
    "story.pdf": pdf(),
    "story.eml": eml(),
    "story-html.eml": eml(HTML, "Content-Type: text/html; charset=utf-8\n"),
}


def sentences(article: Article) -> list[str]:
    split = split_article(article)
    return [" ".join(article.text[each.span.start : each.span.stop].split()) for each in split.sentences]


@pytest.mark.parametrize("name", MADE)
def test_the_same_story_has_the_same_sentences(tmp_path: Path, name: str) -> None:
    """A release as text, Word document, OpenDocument, PDF and mail splits into the same sentences."""
    expected = sentences(article_of(tmp_path / "story.txt", PLAIN.encode()))
    assert len(expected) >= 6
    article = article_of(tmp_path / name, MADE[name])
    assert article.text.rstrip("\n") == PLAIN
    assert sentences(article) == expected


@pytest.mark.parametrize("name", MADE)
def test_what_a_document_says_about_itself(tmp_path: Path, name: str) -> None:
    """The id is the file's name, the title that of the properties; only a mail says when it was published."""
    article = article_of(tmp_path / name, MADE[name])
    assert (article.id, article.title, article.path, article.line) == (
        name.rpartition(".")[0],
        TITLE,
        str(tmp_path / name),
        None,
    )
    assert (article.language, article.url, article.warnings) == (None, None, ())
    if name.endswith(".eml"):
        assert (article.outlet, article.byline) == ("Hollin Harbour Board", None)
        assert article.published.start == datetime(2015, 3, 2, 5, 30, tzinfo=UTC)
    else:
        assert (article.outlet, article.byline, article.published) == (None, AUTHOR, UNDATED)


@pytest.mark.parametrize("name", MADE)
def test_compressed_documents(tmp_path: Path, name: str) -> None:
    """A ``.gz`` behind the suffix is looked through, and the settings' language is taken."""
    article = article_of(tmp_path / f"{name}.gz", gzip.compress(MADE[name]), ReadSettings(language="en"))
    assert (article.id, article.text.rstrip("\n"), article.language) == (name.rpartition(".")[0], PLAIN, "en")


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (ReadSettings(max_file_bytes=300), "than 300"),
        (ReadSettings(max_article_chars=100), "is longer than 100 characters"),
        (ReadSettings(min_words=500), "an article needs at least 500"),
    ],
    ids=["file", "article", "words"],
)
def test_limits_of_the_settings(tmp_path: Path, name: str, settings: ReadSettings, reason: str) -> None:
    """They hold for documents as for texts."""
    assert reason in reason_of(tmp_path / name, MADE[name], settings)


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pdf", ".eml"])
@pytest.mark.parametrize(
    "data", [b"", b" ", b"\0" * 5_000, b"PK\x03\x04", b"%PDF-1.4", b"\xd0\xcf\x11\xe0" * 99, "naïve\n".encode() * 99]
)
def test_what_is_no_document(tmp_path: Path, suffix: str, data: bytes) -> None:
    """Whatever stands under the name of a document, it is one skip with a reason of one line."""
    reason = reason_of(tmp_path / f"a{suffix}", data)
    assert reason.isprintable()
    assert len(reason) < 300


@pytest.mark.parametrize("name", MADE)
def test_a_document_that_is_cut_off(tmp_path: Path, name: str) -> None:
    """Cut anywhere, a document is one article or one skip."""
    data = MADE[name]
    for stop in range(1, len(data), max(1, len(data) // 40)):
        path = tmp_path / name
        path.write_bytes(data[:stop])
        articles, skipped = collect_articles([path])
        assert len(articles) + len(skipped) == 1


def test_documents_stand_beside_texts(tmp_path: Path) -> None:
    """In a folder they are articles like text files; the same name in two formats gives two ids."""
    for name, data in {**MADE, "story.txt": PLAIN.encode()}.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "notes.md").write_text(PLAIN, encoding="utf-8")
    articles, skipped = collect_articles([tmp_path])
    assert sorted(article.id for article in articles) == sorted(
        ["story.docx", "story.odt", "story.pdf", "story.eml", "story.txt", "story-html"]
    )
    assert [Path(skip.path).name for skip in skipped] == ["notes.md"]


@pytest.mark.parametrize(
    ("title", "kept"),
    [("Microsoft Word - release-final2.docx", None), ("untitled", None), ("  ", None), ("Un\x1b[31mtied", "Untied")],
)
def test_titles_that_nobody_gave(tmp_path: Path, title: str, kept: str | None) -> None:
    """What word processors put into the properties is no title; what is, is fit to print."""
    data = eml().replace(f"Subject: {TITLE}".encode(), f"Subject: {title}".encode())
    assert article_of(tmp_path / "a.eml", data).title == kept


def test_authors_that_nobody_is(tmp_path: Path) -> None:
    """The name of an account is no author."""
    data = pdf().replace(b"/Author (Ann Larne)", b"/Author (admin)    ")
    assert article_of(tmp_path / "a.pdf", data).byline is None
