"""Files, folders and standard input: everything is read, skipped with a reason, or refused by name."""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path

import pytest

from tracer.domain import InputError, SettingsError, SkippedArticle
from tracer.read import ReadSettings, collect_articles, read_articles
from tracer.read import articles as articles_module

TEXT = "The ferry stays in Quill Bay, the harbour board said on Monday night."


def put(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_folders_are_read_with_all_below(tmp_path: Path) -> None:
    """In the order of the paths; hidden files are passed over; what has another suffix is recorded."""
    for name in (
        "b/two.txt",
        "a.txt",
        "b/c/three.md",
        ".hidden.txt",
        ".git/x.txt",
        "b/book.epub",
        "b/data.bin",
        "b/README",
    ):
        put(tmp_path / name, f"{TEXT} {name}")
    seen: list[str] = []
    articles, skipped = collect_articles([tmp_path], on_file=seen.append)
    assert [article.id for article in articles] == ["a", "three", "two"]
    assert seen == [str(tmp_path / name) for name in ("a.txt", "b/c/three.md", "b/two.txt")]
    assert [(skip.path, skip.line) for skip in skipped] == [
        (str(tmp_path / name), 0) for name in ("b/README", "b/book.epub", "b/data.bin")
    ]
    assert "no suffix is not read in folders" in skipped[0].reason
    assert "save it as .docx, .odt or .txt" in skipped[1].reason


def test_order_and_repetition_of_names_do_not_matter(tmp_path: Path) -> None:
    """A file that is named, and stands in a named folder, and is linked to, is read once."""
    put(tmp_path / "a.txt")
    put(tmp_path / "b" / "two.txt", TEXT + " Two.")
    (tmp_path / "b" / "link.txt").symlink_to(tmp_path / "a.txt")
    inputs = [tmp_path / "b", tmp_path / "a.txt", tmp_path, str(tmp_path / "b" / "two.txt")]
    expected = collect_articles(inputs)
    assert [article.id for article in expected[0]] == ["a", "two"]
    assert expected[1] == []
    assert collect_articles(inputs[::-1]) == expected


@pytest.mark.parametrize("name", ["missing.txt", "a.txt/below.txt", "nul\0.txt", "n" * 5_000])
def test_a_missing_path_is_an_error(tmp_path: Path, name: str) -> None:
    """Raised at the call, before anything is read, and naming the path."""
    put(tmp_path / "a.txt")
    with pytest.raises(InputError, match="cannot be read"):
        read_articles([tmp_path / "a.txt", f"{tmp_path}/{name}"])


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    """It gives one skip rather than silence."""
    articles, skipped = collect_articles([tmp_path])
    assert articles == []
    assert [skip.path for skip in skipped] == [str(tmp_path)]
    assert "holds no articles" in skipped[0].reason


def test_pipes_loops_and_links_to_folders_never_hang(tmp_path: Path) -> None:
    """Each is a skip with a reason; so is a named pipe, since it may never end."""
    put(tmp_path / "in" / "a.txt")
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    (tmp_path / "in" / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    articles, skipped = collect_articles([tmp_path / "in", tmp_path / "in" / "pipe.txt"])
    assert [article.id for article in articles] == ["a"]
    reasons = {Path(skip.path).name: skip.reason for skip in skipped}
    assert sorted(reasons) == ["loop.txt", "pipe.txt", "up"]
    assert "pipe or device" in reasons["pipe.txt"]
    assert "link to a folder" in reasons["up"]
    assert "cannot be read" in reasons["loop.txt"]


def test_a_folder_below_that_cannot_be_listed_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is read; the folder is recorded."""
    put(tmp_path / "a.txt")
    put(tmp_path / "shut" / "b.txt")
    refuse_to_list(tmp_path / "shut", monkeypatch)
    articles, skipped = collect_articles([tmp_path])
    assert [article.id for article in articles] == ["a"]
    assert [(skip.path, skip.reason) for skip in skipped] == [
        (str(tmp_path / "shut"), "the folder cannot be listed (permission denied)")
    ]


def test_a_named_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user asked for exactly this folder."""
    refuse_to_list(tmp_path, monkeypatch)
    with pytest.raises(InputError, match=r"cannot be listed \(permission denied\)"):
        read_articles([tmp_path])


def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside a folder it is a skip; named by the user it is an error."""

    def refuse(path: str) -> io.BytesIO:
        raise PermissionError(13, "Permission denied", path)

    path = put(tmp_path / "a.txt")
    monkeypatch.setattr(articles_module, "open_bytes", refuse)
    assert collect_articles([tmp_path])[1] == [SkippedArticle(str(path), 0, "cannot be opened (permission denied)")]
    with pytest.raises(InputError, match="permission denied"):
        collect_articles([tmp_path, path])


def test_damaged_gzip_keeps_what_came_before(tmp_path: Path) -> None:
    """Truncated compression costs the rest of the file, and says after which line."""
    rows = b"".join(
        b'{"id": "q%d", "text": "%s %s"}\n' % (n, TEXT.encode(), os.urandom(300).hex().encode()) for n in range(500)
    )
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows)[:-20_000])
    (tmp_path / "b.txt.gz").write_bytes(b"no gzip at all, just words")
    articles, skipped = collect_articles(sorted(tmp_path.iterdir()))
    assert 0 < len(articles) < 500
    assert [Path(skip.path).name for skip in skipped] == ["a.jsonl.gz", "b.txt.gz"]
    assert skipped[0].line == len(articles)
    assert f"nothing after line {len(articles)} could be read" in skipped[0].reason
    assert "damaged" in skipped[1].reason


@pytest.mark.parametrize("name", ["a.html", "a.mhtml"])
def test_pages_are_not_read_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Mark-up is not an article, even when the file is named; without what reads it the reason says what to do."""
    monkeypatch.setattr("tracer.read.formats.find_spec", lambda _: None)
    articles, skipped = collect_articles([put(tmp_path / name, f"<p>{TEXT}</p>")])
    assert articles == []
    assert "pip install 'tracer-news[html]'" in skipped[0].reason


def test_standard_input_must_be_handed_over() -> None:
    """``-`` without a stream is an error; the library does not reach for the terminal."""
    with pytest.raises(InputError, match="no standard input"):
        read_articles(["-"])


def test_settings_are_checked_together() -> None:
    """All problems at once, before any input is touched."""
    settings = ReadSettings(text_column=" ", max_article_chars=0, max_file_bytes=0, min_words=-1, language="English")
    assert len(settings.problems()) == 5
    with pytest.raises(SettingsError, match=r"text_column.*max_article_chars.*max_file_bytes.*min_words.*language"):
        read_articles(["missing"], settings)
    assert ReadSettings().problems() == []


def refuse_to_list(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may list any folder, so the refusal is played."""
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)


def test_notes_beside_articles_are_recorded_not_read(tmp_path: Path) -> None:
    """Where .txt files are the articles, tables and notes beside them are skips; named, they are read."""
    for name in ("one.txt", "two.txt", "README.md", "sub/notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{TEXT} {name}", encoding="utf-8")
    (tmp_path / "labels.tsv").write_text("id\ttext\n1\tone long row of words to read\n", encoding="utf-8")
    articles, skipped = collect_articles([tmp_path])
    assert [article.id for article in articles] == ["notes", "one", "two"]
    assert [Path(skip.path).name for skip in skipped] == ["README.md", "labels.tsv"]
    assert all("taken for a note" in skip.reason for skip in skipped)
    assert len(collect_articles([tmp_path / "README.md"])[0]) == 1


def test_notes_beside_a_table_are_recorded_not_read(tmp_path: Path) -> None:
    """Beside a table of articles, .md files are notes."""
    (tmp_path / "rows.csv").write_text("id,text\n1,one long row of words to read\n", encoding="utf-8")
    (tmp_path / "README.md").write_text(TEXT, encoding="utf-8")
    articles, skipped = collect_articles([tmp_path])
    assert [article.id for article in articles] == ["1"]
    assert [Path(skip.path).name for skip in skipped] == ["README.md"]
