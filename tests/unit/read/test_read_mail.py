"""Mails: the text that was sent, who sent it and when, and what was attached but not read."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_documents import STORY, article_of, eml, pdf, reason_of

from tracer.domain import UNDATED, SkippedArticle
from tracer.read import ReadSettings, collect_articles, read_articles
from tracer.read.mail_text import text_of_html, unflowed

TEXT = "The ferry between Hollin and Wick will sail on through the winter."
DEFAULTS = ReadSettings()


def mail(**headers: str) -> bytes:
    lines = {"From": "press@hollin.example", "Subject": "Ferry", "Date": "Mon, 2 Mar 2015 06:30:00 +0000", **headers}
    return (
        "".join(f"{name}: {value}\n" for name, value in lines.items()).encode("utf-8", "surrogateescape")
        + b"\n"
        + TEXT.encode()
    )


@pytest.mark.parametrize(
    ("sender", "outlet"),
    [
        ("Hollin Harbour Board <press@hollin.example>", "Hollin Harbour Board"),
        ('"Board, Harbour" <press@hollin.example>', "Board, Harbour"),
        ("press@hollin.example", "hollin.example"),
        ("=?utf-8?q?H=C3=B6llin_Post?= <a@b.example>", "Höllin Post"),
        ("=?utf-8?b?SMO2bGxpbiBQb3N0?= <a@b.example>", "Höllin Post"),
        ("=?no-such-charset?q?Hollin?= <a@b.example>", "Hollin"),
        ("Wick \x1b]0;owned\x07\x1b[31mRed\x1b[0m Post <a@b.example>", "Wick Red Post"),
        ("=?utf-8?q?Hollin=0D=0ABcc=3A_x=40y?= <a@b.example>", "Hollin Bcc: x@y"),
        ("", None),
        ("undisclosed", None),
        ("H\udcf6llin Post <a@b.example>", "Höllin Post"),
        ("Höllin Post <a@b.example>", "Höllin Post"),
    ],
)
def test_the_sender_is_the_outlet(tmp_path: Path, sender: str, outlet: str | None) -> None:
    """The name, else the domain; decoded, on one line and without escape sequences."""
    assert article_of(tmp_path / "a.eml", mail(From=sender)).outlet == outlet


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Fwd: Re: Ferry stays", "Fwd: Re: Ferry stays"),
        ("=?iso-8859-1?q?F=E4hre?=\n =?iso-8859-1?q?_bleibt?=", "Fähre bleibt"),
        ("Ferry\n stays", "Ferry stays"),
        ("\x1b[2JFerry \u202estays", "Ferry stays"),
        ("", None),
    ],
)
def test_the_subject_is_the_title(tmp_path: Path, subject: str, title: str | None) -> None:
    """As it is, with its prefixes; decoded and unfolded."""
    assert article_of(tmp_path / "a.eml", mail(Subject=subject)).title == title


@pytest.mark.parametrize(
    ("date", "start"),
    [
        ("Mon, 2 Mar 2015 06:30:00 +0200", datetime(2015, 3, 2, 4, 30, tzinfo=UTC)),
        ("2 Mar 2015 06:30 -0500 (EST)", datetime(2015, 3, 2, 11, 30, tzinfo=UTC)),
        ("Mon, 02 Mar 2015 06:30:00 GMT", datetime(2015, 3, 2, 6, 30, tzinfo=UTC)),
        ("Mon, 2 Mar 2015 06:30:00 -0000", datetime(2015, 3, 2, 6, 30, tzinfo=UTC)),
        ("yesterday", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
    ],
)
def test_the_date_is_that_of_the_header(tmp_path: Path, date: str, start: datetime | None) -> None:
    """With its zone; what is no date is told."""
    article = article_of(tmp_path / "a.eml", mail(Date=date))
    assert article.published.start == start
    assert bool(article.warnings) == (start is None)


def test_a_date_in_the_future(tmp_path: Path) -> None:
    """The settings' latest moment holds for mails."""
    article = article_of(tmp_path / "a.eml", mail(), ReadSettings(latest=datetime(2014, 1, 1, tzinfo=UTC)))
    assert article.published == UNDATED
    assert "in the future" in article.warnings[0]


def composed() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "Hollin Harbour Board <press@hollin.example>", "Ferry"
    message.set_content("\n\n".join(STORY))
    return message


def test_plain_text_is_preferred_and_attachments_are_named(tmp_path: Path) -> None:
    """Of two spellings of the body the plain one; what is attached is not read, whatever it holds."""
    pytest.importorskip("lxml", reason="the extra `documents` is not installed")
    message = composed()
    message.add_alternative("<p>Another text that nobody should read here.</p>", subtype="html")
    message.add_attachment(pdf(), maintype="application", subtype="pdf", filename="release.pdf")
    message.add_attachment("A text that is attached to the mail.", filename="notes\x1b[31m.txt")
    inner = EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("A text that was forwarded with the mail.")
    message.add_attachment(inner)
    article = article_of(tmp_path / "a.eml", message.as_bytes())
    assert article.text.rstrip("\n") == "\n\n".join(STORY)
    assert article.warnings == ("attachments were not read: “release.pdf”, “notes.txt”, a forwarded message",)


def parts(kind: str, *bodies: tuple[str, str]) -> bytes:
    inner = "".join(f"--b\nContent-Type: {of}\n\n{text}\n" for of, text in bodies)
    return f"From: a@b.example\nContent-Type: multipart/{kind}; boundary=b\n\n{inner}--b--\n".encode()


MORE = "The harbour board will meet again in March, it said."


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (parts("mixed", ("text/plain", TEXT), ("image/png", "x"), ("text/plain", MORE)), f"{TEXT}\n\n{MORE}"),
        (parts("mixed", ("text/html", f"<p>{TEXT}</p>"), ("text/plain", MORE)), f"{TEXT}\n\n{MORE}"),
        (parts("mixed", ("text/plain", TEXT), ("text/html", f"<p>{TEXT}</p>")), TEXT),
        (parts("alternative", ("text/html", f"<p>{MORE}</p>"), ("text/plain", TEXT)), TEXT),
        (parts("alternative", ("text/plain", " \n"), ("text/html", f"<p>{TEXT}</p>")), TEXT),
        (parts("mixed", ("text/plain; name=a.txt", TEXT)), TEXT),
        (parts("mixed", ("text/html", f"<p>{TEXT}</p>" + "<div>" * 300 + MORE)), f"{TEXT}\n\n{MORE}"),
        (b"\xef\xbb\xbf" + mail(), TEXT),
    ],
)
def test_the_whole_text_of_a_mail_is_read(tmp_path: Path, data: bytes, text: str) -> None:
    """Texts below each other are one; of spellings of one text the first counts that is not blank."""
    pytest.importorskip("lxml", reason="the extra `documents` is not installed")
    article = article_of(tmp_path / "a.eml", data)
    assert article.text.strip("\n") == text
    assert article.warnings == ()


def test_a_text_with_a_name_beside_another_is_attached(tmp_path: Path) -> None:
    """It is named, and not read."""
    article = article_of(tmp_path / "a.eml", parts("mixed", ("text/plain", TEXT), ("text/plain; name=a.txt", MORE)))
    assert article.text == TEXT
    assert article.warnings == ("attachments were not read: “a.txt”",)


def test_a_mail_of_nothing_but_attachments(tmp_path: Path) -> None:
    """It is skipped, with their names."""
    message = EmailMessage()
    message["Subject"] = "Release"
    message.add_attachment(pdf(), maintype="application", subtype="pdf", filename="release.pdf")
    assert "attachments were not read: “release.pdf”; save" in reason_of(tmp_path / "a.eml", message.as_bytes())


@pytest.mark.parametrize(
    ("charset", "data", "text", "warned"),
    [
        ("utf-8", "Fähre".encode(), "Fähre", False),
        ("iso-8859-1", "Fähre".encode("latin-1"), "Fähre", False),
        ("utf-8", "Fähre “stays”, “stays”, “stays”".encode("cp1252"), "Fähre “stays”, “stays”, “stays”", True),
        ("us-ascii", "Fähre".encode(), "Fähre", True),
        ("no-such", "Fähre".encode(), "Fähre", True),
        ("iso-8859-1", "“Fähre”".encode("cp1252"), "“Fähre”", False),
        ("utf-16", b"Ferry", "Ferry", True),
        ("punycode", b"Ferry", "Ferry", True),
        ("unicode_escape", b"Ferry\\n", "Ferry\\n", True),
        ("hex", b"Ferry", "Ferry", True),
        ('"\x1b[31m"', b"Ferry", "Ferry", True),
    ],
)
@pytest.mark.parametrize("encoding", ["8bit", "base64"])
def test_encodings(tmp_path: Path, charset: str, data: bytes, text: str, warned: bool, encoding: str) -> None:
    """Texts are in the encoding that the mail names; where they are not, in that which fits, with a warning."""
    body = data + b" and " + TEXT.encode()
    headers = (
        f"From: a@b.example\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    )
    article = article_of(tmp_path / "a.eml", headers.encode() + (b64encode(body) if encoding == "base64" else body))
    assert article.text == f"{text} and {TEXT}"
    assert bool(article.warnings) == warned
    assert all(warning.isprintable() for warning in article.warnings)


@pytest.mark.parametrize(
    ("text", "spaces_go", "expected"),
    [
        ("one \ntwo\nthree", False, "one two\nthree"),
        ("one \ntwo", True, "onetwo"),
        (" From here\n  in", False, "From here\n in"),
        ("text\n-- \nAnn", False, "text\n-- \nAnn"),
        ("> said \n> so\n", False, "> said \n> so\n"),
        ("He said \n> so\nand \nwent", False, "He said \n> so\nand went"),
        ("He went \n-- \nAnn", True, "He went \n-- \nAnn"),
        ("", False, ""),
    ],
)
def test_lines_that_flow(text: str, spaces_go: bool, expected: str) -> None:
    """Lines that end with a space go on; the mark of signatures and quoted lines stay."""
    assert unflowed(text, spaces_go=spaces_go) == expected


def test_a_flowing_mail(tmp_path: Path) -> None:
    """The header says whether lines flow."""
    flowing = "\n\n".join(STORY).replace(", ", ", \n")
    article = article_of(tmp_path / "a.eml", eml(flowing, "Content-Type: text/plain; charset=utf-8; format=flowed\n"))
    assert article.text.rstrip("\n") == "\n\n".join(STORY)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a  b\n c</p><p>d</p>", "a b c\n\nd"),
        ("a<br>b<br/>c<div>d<div>e</div>f</div>", "a\nb\nc\n\nd\n\ne\n\nf"),
        ("<head><meta charset=x><title>no</title><style>p {}</style></head><body>yes", "yes"),
        ("<script>var a = '<p>no</p>';</script>yes<noscript>no</noscript>", "yes"),
        ("<div style='color: red; DISPLAY : none'>no<br><img>no</div>yes<span style='color:red'>!</span>", "yes!"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\n\nb"),
        ("fish &amp; chips &eacute; &#x41; &bogus; <!-- no --><?php no ?>", "fish & chips é A &bogus;"),
        ("<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>&x;</p>", "]>\n\n&x;"),
        ("", ""),
        ("<!-- nothing -->", ""),
        ("<!DOCTYPE html><html lang=en><head><title>no</title></head><body>yes</body></html>", "yes"),
        ("<?xml version='1.0' encoding='utf-8'?><p>Fähre</p>", "Fähre"),
        ("<meta charset=utf-16><p>Fähre</p>", "Fähre"),
        ("<p><b>unclosed <i>tags</p> go</b> on", "unclosed tags\n\ngo on"),
    ],
)
def test_html(html: str, text: str) -> None:
    """A paragraph for each block and a line for each break, without scripts and what is hidden."""
    pytest.importorskip("lxml", reason="the extra `documents` is not installed")
    assert text_of_html(html, DEFAULTS) == text


def nested(depth: int) -> bytes:
    parts = (f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    return ("From: a@b.example\n" + "".join(parts) + f"\n{TEXT}\n").encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (nested(1_000), "has more than 30 parts that hold parts"),
        (b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n" + b"\n--b\n" * 5_000, "more than 200 parts"),
        (b"From: a@b.example\n" + b"\n" * 1_000_001, "bytes or 1,000,000 lines"),
        (b"From: a@b.example\n" * 10_001, "has more than 10,000 headers"),
        (b"From: a@b.example\n\n \n", "has no text"),
        (TEXT.encode(), "is no mail"),
        (b"Subject: x\nContent-Type: text/html\n\n" + b"<p>" * 6_000_000, "characters of text with markup, too many"),
    ],
)
def test_mails_that_are_no_articles(tmp_path: Path, data: bytes, reason: str) -> None:
    """Each is one skip, soon, with what to do."""
    pytest.importorskip("lxml", reason="the extra `documents` is not installed")
    assert reason in reason_of(tmp_path / "a.eml", data)


@pytest.mark.parametrize(
    "header",
    [
        "From: " + "(" * 1_000_000,
        "From: " + "a@b.example, " * 100_000,
        "Subject: " + "=?utf-8?q?a?= " * 100_000,
        "Subject: " + " x\n" * 500_000,
        "Content-Type: text/plain; " + "a=b; " * 300_000,
        "Content-Type: text/plain; " + "".join(f"a*{n}=b; " for n in range(100_000)),
        "Date: " + "1 " * 500_000,
        "X: y\n" * 9_000 + "Subject: x",
    ],
)
def test_endless_headers(tmp_path: Path, header: str) -> None:
    """Headers are cut before they are taken apart, so that a mail is one article or one skip, soon."""
    path = tmp_path / "a.eml"
    path.write_bytes(f"{header}\n\n{TEXT}".encode())
    articles, skipped = collect_articles([path])
    assert len(articles) + len(skipped) == 1


def test_moderately_nested_parts(tmp_path: Path) -> None:
    """Text in the depth of a mail is found."""
    assert article_of(tmp_path / "a.eml", nested(20)).text.strip() == TEXT


def test_ten_million_characters_of_one_line(tmp_path: Path) -> None:
    """Read when the settings allow it, skipped when they do not."""
    data = eml("word " * 2_000_000)
    assert "is longer than" in reason_of(tmp_path / "a.eml", data)
    assert len(article_of(tmp_path / "a.eml", data, ReadSettings(max_article_chars=11_000_000)).text) > 9_999_999


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), headers=st.text(st.characters(codec="utf-8"), max_size=60))
def test_random_bytes(tmp_path: Path, data: bytes, headers: str) -> None:
    """Whatever it holds, a mail is one article or one skip."""
    path = tmp_path / "a.eml"
    path.write_bytes(f"From: {headers}\nContent-Type: multipart/mixed; boundary={headers}\n".encode() + data)
    articles, skipped = collect_articles([path])
    assert len(articles) + len(skipped) == 1


def test_a_type_of_a_part_that_is_no_type_is_fit_to_print(tmp_path: Path) -> None:
    """What a mail says of its parts is shown as one line without controls, whatever it is."""
    (tmp_path / "a.eml").write_bytes(
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n"
        b"--x\nContent-Type: application/p\x01\x1b[31mdf\xff\n\nAAAA\n--x--\n"
    )
    (skip,) = read_articles([tmp_path / "a.eml"])
    assert isinstance(skip, SkippedArticle)
    assert "attachments were not read" in skip.reason
    assert skip.reason.isprintable()
