"""Saved pages: the article's text, and what the markup says of it."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from tracer.domain import Article, SkippedArticle
from tracer.read import ReadSettings, read_articles
from tracer.read.page_prose import _unwrap
from tracer.read.page_tree import page_tree
from tracer.split import CreditKind, parse_article

pytest.importorskip("trafilatura")

BODY = (
    "<p>HOLLIN, March 9 - The ferry to Wick stayed in dock for a third day on Tuesday, harbour officials said, because "
    "nobody had found a replacement for its bronze propeller.</p>\n"
    "<p>“We will mend it by Friday,” said Odd Grimsey, the harbour master. “If the weather holds, that is.”</p>\n"
    "<p>The propeller was lost off the skerries last week, when the ferry struck a drifting barrel of tar.</p>"
)
MENU = '<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
SIDE = '<aside><h3>Most read</h3><ul><li><a href="/g">Goat sings in choir</a></li></ul></aside>'
ADDRESS = "https://www.hollinpost.example/2021/03/09/ferry"


def page(head: str = "", body: str = BODY, attributes: str = "") -> str:
    return (
        f'<!DOCTYPE html><html {attributes}><head><meta charset="utf-8">{head}</head><body>{MENU}'
        f"<article><h1>Ferry stays in dock</h1>{body}</article>{SIDE}<script>alert(1)</script></body></html>"
    )


def linked_data(**properties: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **properties}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def read(folder: Path, content: str | bytes, name: str = "page.html", **settings: object) -> Article | SkippedArticle:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = read_articles([path], ReadSettings(**settings))  # type: ignore[arg-type]
    return found


def article(folder: Path, content: str | bytes, name: str = "page.html") -> Article:
    found = read(folder, content, name)
    assert isinstance(found, Article), found
    return found


def test_the_text_is_the_articles_alone(tmp_path: Path) -> None:
    """Its headline and paragraphs; no menu, no list of other articles, no script."""
    found = article(tmp_path, page())
    assert [line[:24] for line in found.text.split("\n\n")] == [
        "Ferry stays in dock",
        "HOLLIN, March 9 - The fe",
        "“We will mend it by Frid",
        "The propeller was lost o",
    ]
    assert found.id == "page"


@pytest.mark.parametrize(
    ("head", "field", "expected"),
    [
        (linked_data(headline="Ferry in dock"), "title", "Ferry in dock"),
        ('<meta property="og:title" content="Ferry in dock">', "title", "Ferry in dock"),
        ("<title>Ferry in dock</title>", "title", "Ferry in dock"),
        (linked_data(publisher={"@type": "Organization", "name": "Hollin Post"}), "outlet", "Hollin Post"),
        ('<meta property="og:site_name" content="Hollin Post">', "outlet", "Hollin Post"),
        (f'<meta property="og:url" content="{ADDRESS}">', "outlet", "hollinpost.example"),
        (f'<meta property="og:url" content="{ADDRESS}">', "url", ADDRESS),
        (f'<link rel="canonical" href="{ADDRESS}">', "url", ADDRESS),
        (linked_data(datePublished="2021-03-09T08:15:00+01:00"), "published", "2021-03-09T07:15Z"),
        (linked_data(datePublished=["2021-03-09"]), "published", "2021-03-09"),
        (
            '<script type="application/ld+json">[{"@type":"WebSite"},{"@graph":[{"@type":["Article"],'
            '"datePublished":"2021-03-09"}]}]</script>',
            "published",
            "2021-03-09",
        ),
        ('<meta property="article:published_time" content="2021-03-09T08:15Z">', "published", "2021-03-09T08:15Z"),
        ('<meta name="parsely-pub-date" content="2021-03-09">', "published", "2021-03-09"),
        (f'<meta property="og:url" content="{ADDRESS}">', "published", "2021-03-09"),
        (linked_data(datePublished="soon") + '<meta name="date" content="2021-03-09">', "published", "2021-03-09"),
        (linked_data(author=[{"name": "Orla Finch"}, {"name": "Ann Lee"}]), "byline", "Orla Finch, Ann Lee"),
        ('<meta name="author" content="Orla Finch">', "byline", "Orla Finch"),
        ('<meta property="article:author" content="https://hollinpost.example/orla">', "byline", None),
        (linked_data(inLanguage="de-AT"), "language", "de"),
        ('<meta property="og:locale" content="nl_NL">', "language", "nl"),
        (linked_data(sourceOrganization={"name": "Reuters"}), "credited", ("Reuters",)),
        (linked_data(creditText="AP"), "credited", ("AP",)),
        (linked_data(isBasedOn="https://apnews.example/a/1"), "credited", ("apnews.example",)),
        (
            linked_data(isBasedOn=[{"@type": "Article", "url": "https://apnews.example/1"}]),
            "credited",
            ("apnews.example",),
        ),
        (linked_data(creditText="Photo: AFP"), "credited", ()),
        (linked_data(creditText="AFP/Getty Images"), "credited", ()),
        (linked_data(creditText="Source: Reuters"), "credited", ("Reuters",)),
        ('<meta name="copyright" content="(c) 2015 All rights reserved">', "outlet", None),
        ('<meta name="copyright" content="© 2015-2021 Hollin Post. All rights reserved.">', "outlet", "Hollin Post"),
        (
            '<meta name="copyright" content="No part of this may be copied without our permission">',
            "outlet",
            None,
        ),
        (f'<meta property="og:url" content="https://a.example/{"x" * 600}">', "url", f"https://a.example/{'x' * 600}"),
        (f'<meta property="og:url" content="https://a.example/{"x" * 5_000}">', "url", None),
        ('<meta name="syndication-source" content="https://grimsey.example/1">', "credited", ("grimsey.example",)),
        ('<meta name="original-source" content="https://grimsey.example/1">', "credited", ("grimsey.example",)),
        (linked_data(sourceOrganization={"name": "Hollin Post"}, publisher={"name": "Hollin Post"}), "credited", ()),
        (
            f'<meta property="og:url" content="{ADDRESS}"><link rel="canonical" href="https://m.hollinpost.example/f">',
            "credited",
            (),
        ),
        (
            f'<meta property="og:url" content="{ADDRESS}"><link rel="canonical" href="https://grimsey.example/f">',
            "credited",
            ("grimsey.example",),
        ),
    ],
)
def test_each_field_is_read_from_wherever_it_stands(tmp_path: Path, head: str, field: str, expected: object) -> None:
    """schema.org, Open Graph, other tags, the address."""
    found = getattr(article(tmp_path, page(head)), field)
    assert (found.isoformat() if field == "published" else found) == expected


def test_microdata_is_read(tmp_path: Path) -> None:
    """With the properties of nested items under the item's name."""
    body = (
        '<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Ferry in dock</h1>'
        '<meta itemprop="datePublished" content="2021-03-09"><span itemprop="author" itemscope '
        'itemtype="https://schema.org/Person"><b itemprop="name">Orla Finch</b></span>'
        '<span itemprop="publisher" itemscope><meta itemprop="name" content="Hollin Post"></span>'
        f"{BODY}</div>"
    )
    found = article(tmp_path, f"<html><head></head><body>{MENU}{body}</body></html>")
    assert (found.title, found.byline, found.outlet) == ("Ferry in dock", "Orla Finch", "Hollin Post")
    assert found.published.isoformat() == "2021-03-09"


@pytest.mark.parametrize(
    "comment",
    [
        f"<!-- saved from url=(0047){ADDRESS} -->",
        f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: x\n-->",
    ],
)
def test_where_a_page_was_saved_from_is_read(tmp_path: Path, comment: str) -> None:
    """As browsers and savers note it; it tells the outlet and the day, where nothing else does."""
    found = article(tmp_path, page().replace("<html", f"{comment}<html"))
    assert (found.url, found.outlet, found.published.isoformat()) == (ADDRESS, "hollinpost.example", "2021-03-09")


@pytest.mark.parametrize(("address", "length"), [("https://a.example/a--b", 22), ("https://a.example/a%2D%2Db", 26)])
def test_hyphens_in_an_address_are_given_back(tmp_path: Path, address: str, length: int) -> None:
    """Two of them would end the comment, so that they are written otherwise; the length tells which they were."""
    comment = f"<!-- saved from url=({length:04}){address.replace('--', '%2D%2D')} -->"
    assert article(tmp_path, page().replace("<html", f"{comment}<html")).url == address


def test_an_address_that_is_cut_off_is_none(tmp_path: Path) -> None:
    """It would lead elsewhere."""
    comment = f"<!-- saved from url=(9999)https://a.example/{'x' * 3_000} -->"
    assert article(tmp_path, page().replace("<html", f"{comment}<html")).url is None


@pytest.mark.parametrize(
    ("body", "published", "warned"),
    [
        (f'<nav><time datetime="1999-01-01">x</time></nav>{BODY}', None, False),
        (f'<nav><time datetime="1999-01-01">x</time></nav><time datetime="2021-03-09">x</time>{BODY}', 9, False),
        (f'<time datetime="2021-03-09">x</time>{BODY}<p><time datetime="1999-01-01">x</time></p>', 9, True),
        (f'<time datetime="1999-01-01">x</time>{BODY}<time pubdate datetime="2021-03-09">x</time>', 9, True),
        (f'<time itemprop="dateModified" datetime="2021-03-11">x</time>{BODY}', None, False),
    ],
)
def test_times_in_the_text_are_those_of_the_article(
    tmp_path: Path, body: str, published: int | None, warned: bool
) -> None:
    """No menu dates an article; times that disagree are told."""
    found = article(tmp_path, page(body=body))
    assert found.published.isoformat() == (f"2021-03-0{published}" if published else "")
    assert any("gives two dates" in warning for warning in found.warnings) == warned


def test_dates_that_disagree_are_told(tmp_path: Path) -> None:
    """The first counts; a day's difference is none, as addresses know no time zone."""
    head = linked_data(datePublished="2021-03-09") + '<meta name="date" content="2021-04-20">'
    found = article(tmp_path, page(head))
    assert found.published.isoformat() == "2021-03-09"
    assert any("gives two dates" in warning for warning in found.warnings)
    near = linked_data(datePublished="2021-03-10T00:30Z") + f'<meta property="og:url" content="{ADDRESS}">'
    assert article(tmp_path, page(near)).warnings == ()


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_pages_in_one_file_are_read(tmp_path: Path, transfer: str, charset: str) -> None:
    """MHTML as browsers write it: the same article as from the page itself."""
    plain = article(tmp_path, page().encode())
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = ADDRESS
    message["Subject"] = "Ferry"
    content = page().replace("utf-8", charset)
    message.make_related()
    part = EmailMessage()
    part.set_content(content, subtype="html", charset=charset, cte=transfer)
    message.attach(part)
    found = article(tmp_path, bytes(message), "page.mhtml")
    assert (found.text, found.url) == (plain.text, ADDRESS)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-1"])
def test_encodings_are_told(tmp_path: Path, codec: str) -> None:
    """By mark, or by what the page says of itself; Latin-1 means Windows-1252, as in browsers."""
    named = {"utf-8-sig": "utf-8", "utf-16": "utf-16"}.get(codec, codec)
    data = page().replace('charset="utf-8"', f'charset="{named}"').encode("cp1252" if codec == "iso-8859-1" else codec)
    assert "“We will mend it by Friday,”" in article(tmp_path, data).text


@pytest.mark.parametrize("charset", ["utf-16", "utf-32", "punycode", "idna", "rot13", "unicode_escape"])
def test_names_of_encodings_that_cannot_be_are_passed_over(tmp_path: Path, charset: str) -> None:
    """A name that was read as ASCII is not in UTF-16; others are no encodings of text."""
    plain = article(tmp_path, page().encode())
    for data in (page().encode(), page().encode() + b" "):
        found = article(tmp_path, data.replace(b'charset="utf-8"', f'charset="{charset}"'.encode()))
        assert (found.text, found.warnings) == (plain.text, ())
        mhtml = f"MIME-Version: 1.0\nContent-Type: text/html; charset={charset}\n\n".encode() + data
        assert article(tmp_path, mhtml, "page.mht").text == plain.text


def test_latin_1_of_a_header_is_windows_1252(tmp_path: Path) -> None:
    """As in browsers, and as where the page says so itself."""
    data = page().replace('charset="utf-8"', "").encode("cp1252")
    head = b"MIME-Version: 1.0\nContent-Type: text/html; charset=iso-8859-1\n\n"
    assert "“We will mend it by Friday,”" in article(tmp_path, head + data, "page.mht").text


def test_a_page_in_one_part_is_read(tmp_path: Path) -> None:
    """As old browsers wrote it: headers, then the page in their transfer encoding."""
    part = EmailMessage()
    part.set_content(page(), subtype="html", cte="quoted-printable")
    part["Content-Location"] = ADDRESS
    found = article(tmp_path, bytes(part), "page.mht")
    assert (found.text, found.url) == (article(tmp_path, page()).text, ADDRESS)


@pytest.mark.parametrize(
    "header",
    [
        "Content-Location: " + "=?utf-8?q?a?= " * 20_000,
        "Content-Location: https://a.example/" + "a" * 5_000,
        "X: y; " + "".join(f"a{number}=b; " for number in range(20_000)),
        "Content-Disposition: inline; " + "".join(f"a*{number}=b; " for number in range(20_000)),
    ],
)
def test_endless_headers_of_pages_in_one_file(tmp_path: Path, header: str) -> None:
    """They are cut before they are taken apart, and no address is one that was cut."""
    content = f"{header}\nContent-Type: text/html; {header.partition(':')[2]}\n\n{page()}"
    found = article(tmp_path, content, "page.mht")
    assert "bronze propeller" in found.text
    assert found.url is None


def test_a_page_in_too_many_parts_is_a_skip(tmp_path: Path) -> None:
    """Each line of it costs as much as there are parts around it."""
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(12))
    found = read(tmp_path, f"MIME-Version: 1.0\n{nested}Content-Type: text/html\n\n{page()}", "page.mht")
    assert isinstance(found, SkippedArticle)
    assert "more than 10 parts that hold parts" in found.reason


LAST = "<p>This is the last paragraph of the article, which stands behind all others on this page.</p>"


@pytest.mark.parametrize(
    "middle",
    [
        f'<img src="data:image/png;base64,{"A" * 11_000_000}">',
        f"<style>{'A' * 11_000_000}</style>",
        "<div>" * 600 + "<p>Deep.</p>" + "</div>" * 600,
        f'<img alt="{"word " * 1_100}">',
        f"<script>for (i = 0; i<n; i++) {{ {'a = b + 1; ' * 400} }}</script>",
        "<p>" + "<b>word</b> and " * 4_000 + "</p>",
        "<p>" + "<a href='/x'>word</a> &amp;\x01 " * 600 + "</p>",
        "<p>A line with a word.<br><i>Another</i> line.</p>" * 6_000,
    ],
)
def test_pages_are_read_to_their_end(tmp_path: Path, middle: str) -> None:
    """Whatever stands in the middle."""
    found = article(tmp_path, page(body=BODY + middle + LAST))
    assert "last paragraph of the article" in found.text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<div>" * 2_100 + BODY, "2,000 elements inside one another"),
        ('<a x=">" ' + " ".join(f"a{n}" for n in range(1_100)) + f">{BODY}", "1,000 attributes on one tag"),
        ("<a " + "".join(f'a{n}=""' for n in range(1_100)) + f">{BODY}", "1,000 attributes on one tag"),
        ("<a " + "/".join(f"a{n}" for n in range(1_100)) + f">{BODY}", "1,000 attributes on one tag"),
        (BODY + "<i>x</i>" * 100_000, "100,000 elements"),
        (BODY + "<p>x" * 26_000, "25,000 blocks"),
        (BODY + "<h2>x</h2>" * 5_100, "5,000 headings"),
    ],
)
def test_pages_that_would_take_for_ever_are_skips(tmp_path: Path, content: str, reason: str) -> None:
    """With what there is too much of."""
    found = read(tmp_path, page(body=content))
    assert isinstance(found, SkippedArticle)
    assert f"more than {reason}" in found.reason


def test_inline_elements_beyond_some_lose_their_tags_alone() -> None:
    """Their text stays, and so do the blocks between them."""
    root = page_tree("<p>a<b>b <i>c</i></b>d" + "<b>e</b>" * 600 + "<br>f<u>g</u></p>h<p><b>i</b></p>")
    text = "".join(root.itertext())
    _unwrap(root)
    assert "".join(root.itertext()) == text
    assert [element.tag for element in root.iter()] == ["html", "body", "p", "br", "p", "b"]


def test_the_text_is_as_it_is_on_the_page(tmp_path: Path) -> None:
    """Items of lists have no hyphens that the page has not, and entities are read once; tables are told."""
    items = "<ul><li>The first of <b>two items</b><ul><li>with one in it</li></ul></li><li>- The second</li></ul>"
    table = "<table><tr><th>Party</th></tr><tr><td>Reds</td></tr></table>"
    found = article(
        tmp_path, page(body=f"{BODY}{items}<p>It costs 5 &lt; 6 &amp;amp; no more &amp;lt;b&gt;.</p>{table}")
    )
    assert found.text.split("\n\n")[4:] == [
        "The first of two items",
        "with one in it",
        "- The second",
        "It costs 5 < 6 &amp; no more &lt;b>.",
    ]
    assert found.warnings == ("tables were left out: 1",)


def test_the_parts_of_a_saved_page_are_no_articles(tmp_path: Path) -> None:
    """A browser's "complete page": the page counts, the frames in its folder do not."""
    (tmp_path / "Ferry.html").write_text(page())
    parts = tmp_path / "Ferry_files"
    parts.mkdir()
    (parts / "frame.html").write_text(page())
    (tmp_path / "other_files").mkdir()
    (tmp_path / "other_files" / "kept.html").write_text(page())
    assert sorted(found.id for found in read_articles([tmp_path]) if isinstance(found, Article)) == ["Ferry", "kept"]


def test_markup_credits_are_credits(tmp_path: Path) -> None:
    """They stand beside those of the text, and the lexicon knows hosts too."""
    found = article(tmp_path, page(linked_data(isBasedOn="https://apnews.com/article/1")))
    credit = next(one for one in parse_article(found, "en").split.credits if one.kind is CreditKind.METADATA)
    assert [name.name for name in credit.names] == ["AP"]
