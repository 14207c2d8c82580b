"""Folders of a hundred thousand files, and inputs that change, vanish or turn into something else while being read."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import sqlite3
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tracer.domain import Article, InputError, SkippedArticle
from tracer.read import ReadSettings, read_articles
from tracer.read.inputs import InputFile, list_inputs

Found = Article | SkippedArticle
TEXT = "The ferry stays in Quill Bay, the harbour board said on Monday night."
ROWS = 3_000
ALLOWED_PER_FILE = 2_000
"""Bytes; the listing knows each file's path and size before the first is opened."""
CONTENTS = (b"A ferry of five words.", b"Too few.", b"", b"\0\1\2", b"\xff\xfe\xfd", b"A ferry of six more words.")


def crowd(folder: Path, count: int) -> set[str]:
    """So many files of a few bytes, every seventh of a suffix that is not read; their names."""
    folder.mkdir()
    names = set()
    for number in range(count):
        name = f"{number}.bin" if number % 7 == 0 else f"{number}.txt"
        descriptor = os.open(folder / name, os.O_CREAT | os.O_WRONLY)
        os.write(descriptor, CONTENTS[number % len(CONTENTS)])
        os.close(descriptor)
        names.add(name)
    return names


def names_of(found: Sequence[Found | InputFile]) -> list[str]:
    return sorted(os.path.basename(each.path) for each in found)  # noqa: PTH119 - a hundred thousand of them


def test_a_hundred_thousand_files_are_one_article_or_one_skip_each(tmp_path: Path) -> None:
    """Read to the end: no file is forgotten, none comes twice; not a moment's work for the square of them."""
    names = crowd(tmp_path / "in", 100_000)
    found = list(read_articles([tmp_path / "in"]))
    assert names_of(found) == sorted(names)
    articles = sum(isinstance(each, Article) for each in found)
    assert articles == sum(
        number % 7 != 0 and number % len(CONTENTS) in {0, len(CONTENTS) - 1} for number in range(100_000)
    )
    shutil.rmtree(tmp_path / "in")


def test_memory_per_file_of_a_crowd(tmp_path: Path) -> None:
    """Of 20,000 files nothing is held but their places: at most 2 kB each."""
    crowd(tmp_path / "in", 20_000)
    tracemalloc.start()
    count = sum(1 for _ in read_articles([tmp_path / "in"]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 20_000 * ALLOWED_PER_FILE


def test_thousands_of_saved_pages_with_their_folders(tmp_path: Path) -> None:
    """The folder of each page is found in one look at the names, not in one for each page."""
    for number in range(3_000):
        (tmp_path / f"{number}.html").touch()
        (tmp_path / f"{number}_files").mkdir()
        (tmp_path / f"{number}_files" / "frame.html").touch()
    listed = [*list_inputs([tmp_path]).files, *list_inputs([tmp_path]).skipped]
    assert names_of(listed) == sorted(f"{number}.html" for number in range(3_000))


def test_folders_four_hundred_deep(tmp_path: Path) -> None:
    """Read to the bottom, without recursion."""
    folder = tmp_path / "in"
    for _ in range(400):
        folder.mkdir()
        folder /= "d"
    folder.with_name("a.txt").write_text(TEXT, encoding="utf-8")
    (found,) = read_articles([tmp_path])
    assert isinstance(found, Article)


def test_loops_of_links_end(tmp_path: Path) -> None:
    """Links to themselves, to each other and to a folder above are one skip each; named, they are an error."""
    (tmp_path / "in" / "below").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    for name, target in {
        "self.txt": "self.txt",
        "one.txt": "two.txt",
        "two.txt": "one.txt",
        "below/up": "..",
        "below/top": "../../in",
        "below/gone.txt": "nowhere.txt",
    }.items():
        (tmp_path / "in" / name).symlink_to(target)
    article, *skipped = sorted(read_articles([tmp_path / "in"]), key=lambda each: isinstance(each, SkippedArticle))
    assert article.path == str(tmp_path / "in" / "a.txt")
    assert names_of(skipped) == ["gone.txt", "one.txt", "self.txt", "top", "two.txt", "up"]
    for name in ("self.txt", "one.txt"):
        with pytest.raises(InputError, match="cannot be read"):
            read_articles([tmp_path / "in" / name])


def test_pipes_among_files_are_never_waited_for(tmp_path: Path) -> None:
    """Nobody writes to them; whatever their suffix, they are skips and the files beside them are read."""
    names = ["a.jsonl", "b.csv", "c.zip", "d.sqlite", "e.pdf", "f.txt.gz", "g.html"]
    for name in names:
        os.mkfifo(tmp_path / name)
    (tmp_path / "z.txt").write_text(TEXT, encoding="utf-8")
    *skipped, article = read_articles([tmp_path])
    assert isinstance(article, Article)
    assert names_of(skipped) == names
    assert all("pipe or device" in each.reason for each in skipped if isinstance(each, SkippedArticle))


def into_nothing(path: Path) -> None:
    path.unlink()


def into_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def into_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def into_a_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def into_emptiness(path: Path) -> None:
    os.truncate(path, 0)


def into_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def into_other_bytes(path: Path) -> None:
    """As long as before, and not one byte the same."""
    with path.open("r+b") as stream:
        data = stream.read()
        stream.seek(0)
        stream.write(bytes(byte ^ 0x55 for byte in data))


def into_more(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(b"\n\0\xff and more" * 999)


GONE = (into_nothing, into_a_folder, into_a_pipe, into_a_loop)
CHANGES = (*GONE, into_emptiness, into_half, into_other_bytes, into_more)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".csv", ".json", ".txt.gz", ".zip", ".sqlite", ".pdf", ".html"])
def test_a_file_that_changes_before_its_turn(tmp_path: Path, change: Callable[[Path], None], suffix: str) -> None:
    """Listed as a file, and something else when it is opened: one or several skips, and the others are read."""
    first, middle, last = (tmp_path / name for name in ("a/a.txt", f"b/b{suffix}", "c/c.txt"))
    for path in (first, middle, last):
        path.parent.mkdir()
        path.write_text(f"{TEXT} {path.name}", encoding="utf-8")
    stream = read_articles([tmp_path])
    found = [next(stream)]
    change(middle)
    found += stream
    assert [each.path for each in (found[0], found[-1])] == [str(first), str(last)]
    assert isinstance(found[-1], Article)
    assert {each.path for each in found[1:-1]} == {str(middle)}
    if change in GONE:
        (skip,) = found[1:-1]
        assert isinstance(skip, SkippedArticle)
        assert "cannot be opened" in skip.reason


@pytest.mark.parametrize("change", GONE)
def test_a_named_file_that_is_gone_before_its_turn_is_an_error(tmp_path: Path, change: Callable[[Path], None]) -> None:
    """It was asked for by name; what was read before stays read."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{TEXT} {name}", encoding="utf-8")
    found = read_articles([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert isinstance(next(found), Article)
    change(tmp_path / "b.txt")
    with pytest.raises(InputError, match=r"b\.txt: cannot be opened"):
        next(found)


def rows() -> Iterator[dict[str, str]]:
    return ({"id": f"q{n}", "text": f"{TEXT} {n}: " + f"{n * 7_919:x} words. " * 25} for n in range(ROWS))


def as_lines(path: Path) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows()), encoding="utf-8")


def as_table(path: Path) -> None:
    lines = (f'{row["id"]},"{row["text"]}"\n' for row in rows())
    path.write_text("id,text\n" + "".join(lines), encoding="utf-8")


def as_packed_lines(path: Path) -> None:
    draw = random.Random(7)  # noqa: S311 - filling, seeded
    noisy = (row | {"noise": draw.randbytes(150).hex()} for row in rows())
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in noisy).encode(), 1))


def as_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE news (id, text)")
    connection.executemany("INSERT INTO news VALUES (:id, :text)", rows())
    connection.commit()
    connection.close()


def as_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for row in rows():
            archive.writestr(f"{row['id']}.txt", row["text"])


def as_web_archive(path: Path) -> None:
    with path.open("wb") as stream:
        for row in rows():
            page = f"<html><body><article><p>{row['text']}</p></article></body></html>".encode()
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = (
                f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{row['id']}\r\n"
                "WARC-Date: 2024-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            stream.write(head.encode() + body + b"\r\n\r\n")


def as_parquet(path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    parquet.write_table(pa.Table.from_pylist(list(rows())), path, row_group_size=300, compression="none")


def as_feather(path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import feather  # noqa: PLC0415 - an extra

    feather.write_feather(pa.Table.from_pylist(list(rows())), path, chunksize=300, compression="uncompressed")


def as_workbook(path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("News")
    sheet.append(["id", "text"])
    for row in rows():
        sheet.append(list(row.values()))
    book.save(path)


NEEDED = {".warc": ("warcio", "trafilatura")}
STREAMED: dict[str, Callable[[Path], None]] = {
    ".jsonl": as_lines,
    ".csv": as_table,
    ".jsonl.gz": as_packed_lines,
    ".sqlite": as_database,
    ".zip": as_archive,
    ".warc": as_web_archive,
    ".parquet": as_parquet,
    ".feather": as_feather,
    ".xlsx": as_workbook,
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("suffix", STREAMED)
def test_a_file_that_changes_between_its_articles(tmp_path: Path, change: Callable[[Path], None], suffix: str) -> None:
    """What was read before stays, the rest is articles and skips; what is open is read on when its name is gone."""
    for module in NEEDED.get(suffix, ()):
        pytest.importorskip(module)
    path = tmp_path / f"a{suffix}"
    STREAMED[suffix](path)
    found = read_articles([path], ReadSettings(max_article_chars=10_000))
    first = next(found)
    assert isinstance(first, Article)
    change(path)
    rest = list(found)
    skipped = [each for each in rest if isinstance(each, SkippedArticle)]
    articles = [first, *(each for each in rest if isinstance(each, Article))]
    if change is not into_other_bytes:  # which, unpacked, may repeat what stood before
        assert len(articles) <= ROWS
        assert len({each.text for each in articles}) == len(articles)
    if change in GONE:
        assert (len(articles), skipped) == (ROWS, [])
    if change in (into_emptiness, into_half):
        assert len(articles) < ROWS
        assert skipped or suffix == ".warc"  # of which a head that is cut off may look like the end
    assert all(each.reason.isprintable() for each in skipped)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_what_may_not_be_opened(tmp_path: Path) -> None:
    """Folders and files inside a folder are skips; named, they are an error."""
    (tmp_path / "in" / "shut").mkdir(parents=True)
    for name in ("a.txt", "closed.txt", "shut/b.txt"):
        (tmp_path / "in" / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "shut").chmod(0)
    (tmp_path / "in" / "closed.txt").chmod(0)
    try:
        found = list(read_articles([tmp_path / "in"]))
        assert names_of([each for each in found if isinstance(each, Article)]) == ["a.txt"]
        skipped = [each for each in found if isinstance(each, SkippedArticle)]
        assert names_of(skipped) == ["closed.txt", "shut"]
        assert all("permission denied" in each.reason for each in skipped)
        with pytest.raises(InputError, match="permission denied"):
            read_articles([tmp_path / "in" / "shut"])
        with pytest.raises(InputError, match="permission denied"):
            list(read_articles([tmp_path / "in" / "closed.txt"]))
    finally:
        (tmp_path / "in" / "shut").chmod(0o700)
