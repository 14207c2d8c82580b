"""CSV and TSV: every row an article or a recorded skip."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from tracer.domain import Article, InputError, SkippedArticle
from tracer.read import ReadSettings, read_articles

TEXT = "The ferry stays in Quill Bay, the board said."
SMALL = ReadSettings(max_article_chars=1_000)


def read(path: Path, data: str | bytes, settings: ReadSettings | None = None) -> list[Article | SkippedArticle]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_articles([path], settings or ReadSettings()))


def outline(found: list[Article | SkippedArticle]) -> list[tuple[int | None, str]]:
    return [(item.line, item.id if isinstance(item, Article) else "skip") for item in found]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", f'id,outlet,text\nq1,Post,"{TEXT}"\n'),
        ("a.csv", f'id;outlet;text\r\nq1;Post;"{TEXT}"\r\n'),
        ("a.csv", f"id|outlet|text\nq1|Post|{TEXT}"),
        ("a.csv", f"id\toutlet\ttext\nq1\tPost\t{TEXT}\n"),
        ("a.csv", f'id,outlet,text\rq1,Post,"{TEXT}"\r'),
        ("a.csv", f'\ufeff"id",outlet,text\n\nq1,Post,"{TEXT}"\n\n'),
        ("a.tsv", f"id\toutlet\ttext;a\nq1\tPost\t{TEXT}\n".replace("text;a", "text")),
        ("a.TSV", f"id,x\toutlet\ttext\nq1\tPost\t{TEXT}\n".replace("id,x", "id")),
    ],
)
def test_dialects(tmp_path: Path, name: str, data: str) -> None:
    """Comma, semicolon, bar and tab, all line ends, byte order mark, blank lines."""
    (article,) = read(tmp_path / name, data)
    assert isinstance(article, Article)
    assert (article.id, article.outlet, article.text) == ("q1", "Post", TEXT)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "cp1252", "utf-8"])
def test_encodings(tmp_path: Path, codec: str) -> None:
    """The whole table is read in its encoding, compressed or not."""
    text = "The “Old Maud” won’t be sold, the board’s chair said — not for £9,000."
    data = f'id,text\nq1,"{text}"\nq2,"{text} Twice."\n'.encode(codec)
    for name, stored in (("a.csv", data), ("a.csv.gz", gzip.compress(data))):
        found = read(tmp_path / name, stored)
        assert [item.text for item in found if isinstance(item, Article)] == [text, text + " Twice."]


def test_quoted_fields_span_lines(tmp_path: Path) -> None:
    """Line ends, delimiters and doubled quotation marks inside quotes; a row is known by its first line."""
    data = 'id,text\nq1,"First, a ""long"" line\r\nand\n\na last one"\nq2,and one more row of words\n'
    first, second = read(tmp_path / "a.csv", data)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == 'First, a "long" line\nand\n\na last one'
    assert (first.line, second.line) == (2, 6)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("q2,Post", "has 2 fields where the header has 3"),
        (f"q2,Post,{TEXT},more", "fields where the header has 3"),
        (f'q2,"Post" of,"{TEXT}"', "is malformed"),
        ("q2,Post,", "has no text"),
        ("q2,Post,three words only", "has 3 words"),
        ('q2,Post,"' + "w" * 200_000 + '"', "longer than 73,536 bytes"),
        ('q2,Post,"' + "line of words\n" * 20_000 + '"', "longer than 73,536 bytes"),
        ('q2,Post,"' + "word " * 300 + '"', "longer than 1,000 characters"),
    ],
)
def test_a_bad_row_is_skipped_and_reading_goes_on(tmp_path: Path, bad: str, reason: str) -> None:
    """The skip has the row's first line; the rows around it are read."""
    data = f'id,outlet,text\nq1,Post,"{TEXT}"\n{bad}\nq3,Post,"{TEXT}"\n'
    first, skip, last = read(tmp_path / "a.csv", data, SMALL)
    assert outline([first, skip]) == [(2, "q1"), (3, "skip")]
    assert isinstance(last, Article)
    assert isinstance(skip, SkippedArticle)
    assert last.id == "q3"
    assert reason in skip.reason


def test_unclosed_quotation_mark(tmp_path: Path) -> None:
    """A quotation mark that is never closed loses the rest of the file loudly, in bounded memory."""
    rows = "".join(f"q{number},{TEXT}\n".replace("Bay,", "Bay") for number in range(3_000))
    found = read(tmp_path / "a.csv", f'id,text\nok,"{TEXT}"\nbad,"{rows}', SMALL)
    assert outline(found) == [(2, "ok"), (3, "skip")]
    assert "a quotation mark is not closed" in found[1].reason if isinstance(found[1], SkippedArticle) else False


def test_trailing_empty_fields_are_harmless(tmp_path: Path) -> None:
    """Spreadsheets pad rows with delimiters."""
    (article,) = read(tmp_path / "a.csv", "id,text\nq1,five words are just enough,,,\n")
    assert isinstance(article, Article)


def test_repeated_and_blank_names(tmp_path: Path) -> None:
    """Of two columns of one name the first counts; a nameless index column is ignored."""
    (article,) = read(tmp_path / "a.csv", ",id,text,text\n0,q1,five words are just enough,other words\n")
    assert isinstance(article, Article)
    assert (article.id, article.text) == ("q1", "five words are just enough")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "is empty"),
        ("id,text\n", "is empty"),
        (
            "name,price\nferry,9000\n",
            "no column known to hold the text (columns name, price); name it with --text-column",
        ),
        ("id," + "x" * 200_000 + "\nq1,y\n", "no header row"),
        ("\0\0\1\2" * 99, "zero bytes"),
        ("PK\3\4sheet", "Office"),
    ],
)
def test_what_is_no_table_of_articles(tmp_path: Path, data: str, reason: str) -> None:
    """One skip for the whole file (line 0)."""
    (skip,) = read(tmp_path / "a.csv", data, SMALL)
    assert isinstance(skip, SkippedArticle)
    assert skip.line == 0
    assert reason in skip.reason


@pytest.mark.parametrize(
    ("settings", "option"),
    [
        (ReadSettings(text_column="body text"), "--text-column"),
        (ReadSettings(id_column="key"), "--id-column"),
        (ReadSettings(outlet_column="paper"), "--outlet-column"),
        (ReadSettings(date_column="day"), "--date-column"),
        (ReadSettings(title_column="head"), "--title-column"),
        (ReadSettings(url_column="address"), "--url-column"),
        (ReadSettings(language_column="tongue"), "--language-column"),
        (ReadSettings(byline_column="by"), "--byline-column"),
        (ReadSettings(credit_column="via"), "--credit-column"),
        (ReadSettings(group_by="topic"), "--group-by"),
    ],
)
def test_a_named_column_must_exist(tmp_path: Path, settings: ReadSettings, option: str) -> None:
    """The error names the file, the columns there are, and the option to use."""
    with pytest.raises(InputError) as caught:
        read(tmp_path / "a.csv", f'id,text\nq1,"{TEXT}"\n', settings)
    assert str(tmp_path / "a.csv") in str(caught.value)
    assert "it has columns id, text" in str(caught.value)
    assert option in str(caught.value)


def test_named_columns_replace_guesses(tmp_path: Path) -> None:
    """A named column wins over one of a usual name, whatever its case."""
    data = f"text,words,KEY,outlet,paper,topic\nno,{TEXT.replace(',', '')},k1,no,Q Post,boats\n"
    settings = ReadSettings(text_column="words", id_column="key", outlet_column="paper", group_by="topic")
    (article,) = read(tmp_path / "a.csv", data, settings)
    assert isinstance(article, Article)
    assert (article.id, article.outlet, article.group) == ("k1", "Q Post", "boats")
    assert article.text == TEXT.replace(",", "")


def test_the_process_wide_field_limit_is_put_back(tmp_path: Path) -> None:
    """Fields beyond csv's own limit are read, and the limit is what it was, also between two rows."""
    limit = csv.field_size_limit()
    (tmp_path / "a.csv").write_text("text\n" + "word " * 40_000 + "\n" + TEXT.replace(",", ""), encoding="utf-8")
    for item in read_articles([tmp_path / "a.csv"]):
        assert isinstance(item, Article)
        assert csv.field_size_limit() == limit


def test_control_characters_in_metadata(tmp_path: Path) -> None:
    """A hostile title, id or outlet cannot move the reader's cursor; the text stays raw."""
    esc = "\x1b[2J"
    (article,) = read(
        tmp_path / "a.csv",
        f"id,source,title,text\n{esc}q1,{esc}Post,\x07{esc}\u202eFerry,{esc}five words in a row here\n",
    )
    assert isinstance(article, Article)
    assert (article.id, article.outlet, article.title) == ("q1", "Post", "Ferry")
    assert article.text == f"{esc}five words in a row here"


@pytest.mark.parametrize(
    ("cell", "credited"),
    [
        ("", ()),
        ("None", ()),
        ("AP", ("AP",)),
        ("h/t: The Hollin Post", ("The Hollin Post",)),
        ("Via: Wick Courier.", ("Wick Courier",)),
        ("IANS/EFE", ("IANS", "EFE")),
        ("AP; Reuters", ("AP", "Reuters")),
        ("h/t Hollin Post, Wick Courier", ("Hollin Post", "Wick Courier")),
        ("https://www.hollinpost.example/2021/x", ("hollinpost.example",)),
        ("Photo: Ann Lee/EPA", ()),
        ("Getty Images", ()),
    ],
)
def test_a_credit_column_is_read(tmp_path: Path, cell: str, credited: tuple[str, ...]) -> None:
    """One name or several, with and without the words that editors put before them; pictures credit no text."""
    path = tmp_path / "a.csv"
    path.write_text(f'id,text,credit\na,The ferry to Wick stayed in dock.,"{cell}"\n')
    (found,) = read_articles([path])
    assert isinstance(found, Article)
    assert found.credited == credited


def test_a_delimiter_that_an_error_quotes_is_shown_in_words(tmp_path: Path) -> None:
    """A reason for a skip is one line without tabs."""
    (tmp_path / "a.tsv").write_bytes(b'"a"x\tb\nThe ferry\tstays\n')
    found = list(read_articles([tmp_path / "a.tsv"], ReadSettings(min_words=1)))
    assert all(isinstance(one, SkippedArticle) and one.reason.isprintable() for one in found)
