"""The same story in every format gives the same audit."""

from __future__ import annotations

import bz2
import csv
import html
import io
import json
import lzma
import sqlite3
import zipfile
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest

Row = Mapping[str, str]
Writer = Callable[[Sequence[Row], Path], Path]


def page(row: Row) -> str:
    """A page with the article on it, and its metadata as schema.org has it."""
    data = {
        "@type": "NewsArticle",
        "headline": row["title"],
        "datePublished": row["published"],
        "publisher": {"name": row["outlet"]},
        "url": row["url"],
    }
    paragraphs = "\n".join(f"<p>{html.escape(part)}</p>" for part in row["text"].split("\n") if part.strip())
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>Weather</a></li></ul></nav>"
    return (
        f'<html lang="en"><head><meta charset="utf-8"><script type="application/ld+json">{json.dumps(data)}</script>'
        f"</head><body>{menu}<article>{paragraphs}</article></body></html>"
    )


def pages(rows: Sequence[Row], folder: Path) -> Path:
    for row in rows:
        (folder / f"{row['id']}.html").write_text(page(row), encoding="utf-8")
    return folder


def mhtml(rows: Sequence[Row], folder: Path) -> Path:
    for row in rows:
        message = EmailMessage()
        message["Snapshot-Content-Location"] = row["url"]
        message.make_related()
        part = EmailMessage()
        part.set_content(page(row), subtype="html")
        message.attach(part)
        (folder / f"{row['id']}.mhtml").write_bytes(bytes(message))
    return folder


def warc(rows: Sequence[Row], folder: Path) -> Path:
    with (folder / "crawl.warc").open("wb") as stream:
        for row in rows:
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(row).encode()
            head = (
                f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {row['url']}\r\n"
                "WARC-Date: 2024-01-01T00:00:00Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            stream.write(head.encode() + body + b"\r\n\r\n")
    return folder / "crawl.warc"


def feed(rows: Sequence[Row], folder: Path) -> Path:
    items = "".join(
        f"<item><title>{html.escape(row['title'])}</title><link>{row['url']}</link><dc:date>{row['published']}</dc:date>"
        f"<source url='x'>{html.escape(row['outlet'])}</source>"
        f"<content:encoded>{html.escape(page(row).split('<article>')[1].split('</article>')[0])}</content:encoded></item>"
        for row in rows
    )
    names = "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'"
    (folder / "feed.rss").write_text(
        f"<rss version='2.0' {names}><channel><language>en</language>{items}</channel></rss>"
    )
    return folder / "feed.rss"


def table(rows: Sequence[Row], delimiter: str) -> str:
    found = io.StringIO()
    writer = csv.DictWriter(found, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return found.getvalue()


def written(name: str, made: Callable[[Sequence[Row]], str]) -> Writer:
    def write(rows: Sequence[Row], folder: Path) -> Path:
        (folder / name).write_text(made(rows), encoding="utf-8", newline="")
        return folder / name

    return write


def frame(name: str) -> Writer:
    def write(rows: Sequence[Row], folder: Path) -> Path:
        pandas = pytest.importorskip("pandas")
        made = pandas.DataFrame(rows)
        if name.endswith(".xlsx"):
            pytest.importorskip("openpyxl")
            made.to_excel(folder / name, index=False)
        else:
            getattr(made, {".parquet": "to_parquet", ".feather": "to_feather"}[Path(name).suffix])(folder / name)
        return folder / name

    return write


def database(rows: Sequence[Row], folder: Path) -> Path:
    with sqlite3.connect(folder / "news.sqlite") as connection:
        names = list(rows[0])
        connection.execute(f"CREATE TABLE news ({', '.join(names)})")
        connection.executemany(
            f"INSERT INTO news VALUES ({', '.join('?' * len(names))})",  # noqa: S608 - the test's own
            [list(row.values()) for row in rows],
        )
    connection.close()
    return folder / "news.sqlite"


def packed(name: str, pack: Callable[[bytes], bytes]) -> Writer:
    def write(rows: Sequence[Row], folder: Path) -> Path:
        (folder / name).write_bytes(pack("\n".join(map(json.dumps, rows)).encode()))
        return folder / name

    return write


def zipped(rows: Sequence[Row], folder: Path) -> Path:
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        for row in rows:
            archive.writestr(f"pages/{row['id']}.html", page(row))
    return folder / "pages.zip"


FORMATS: dict[str, Writer] = {
    "html": pages,
    "mhtml": mhtml,
    "warc": warc,
    "rss": feed,
    "tsv": written("a.tsv", lambda rows: table(rows, "\t")),
    "semicolons": written("a.csv", lambda rows: table(rows, ";")),
    "jsonl": written("a.jsonl", lambda rows: "\n".join(map(json.dumps, rows))),
    "json": written("a.json", lambda rows: json.dumps(list(rows))),
    "parquet": frame("a.parquet"),
    "feather": frame("a.feather"),
    "xlsx": frame("a.xlsx"),
    "sqlite": database,
    "zip of pages": zipped,
    "bz2": packed("a.jsonl.bz2", bz2.compress),
    "xz": packed("a.jsonl.xz", lzma.compress),
    "zst": packed("a.jsonl.zst", lambda data: pytest.importorskip("zstandard").compress(data)),
}
WITHOUT_IDS = {"warc", "rss"}


@pytest.fixture
def rows(worlds: Path) -> list[dict[str, str]]:
    with (worlds / "wire-two-papers" / "articles.csv").open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    return [{**row, "url": f"https://{row['id']}.example/story"} for row in found]


def audited(run: Callable[..., tuple[int, str, str]], place: Path, rows: Sequence[Row]) -> list[dict[str, str]]:
    """The table of pairs, ids of articles as in the rows whatever the format made of them."""
    code, out, _ = run("audit", place, "--format", "csv", "--table", "pairs")
    assert code == 0
    code, listed, _ = run("audit", place, "--format", "json", "--table", "articles")
    ids = {entry["id"]: next(row["id"] for row in rows if row["url"] == entry["url"]) for entry in json.loads(listed)}
    found = []
    for entry in csv.DictReader(io.StringIO(out)):
        ends = {name: ids[entry[name]] for name in ("left", "right")}
        found.append(
            {
                **ends,
                "kind": entry["kind"],
                "p_lineage": entry["p_lineage"],
                "direction": entry["direction"],
                "shared": entry["shared_words_narrative"],
            }
        )
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_story_gives_the_same_audit(run, rows, tmp_path, name):
    """The pairs of a CSV file, whatever the articles were kept in."""
    (tmp_path / "csv").mkdir()
    (tmp_path / name).mkdir()
    expected = audited(run, written("a.csv", lambda rows: table(rows, ","))(rows, tmp_path / "csv"), rows)
    found = audited(run, FORMATS[name](rows, tmp_path / name), rows)
    assert len(expected) > 1
    if name in WITHOUT_IDS:  # which article is the left one goes by the id, and with it a word or two at a seam
        kinds = [{frozenset((one["left"], one["right"])): one["kind"] for one in pairs} for pairs in (found, expected)]
        assert kinds[0] == kinds[1]
    else:
        assert found == expected
