"""An editor opens the page from disk: it works without a network, by mouse and by keyboard, narrow and wide."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hostile_strings import hostile_corpus
from seen_page import Seen

FERRY = "harbour-ferry"
WIRE = "wire-two-papers"
widths = pytest.mark.parametrize("width", [360, 768, 1600])


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@widths
@pytest.mark.parametrize("world", [FERRY, WIRE])
def test_it_opens_without_a_word_in_the_console_or_a_request(
    opened: Callable[..., Seen], report_of: Callable[..., Path], world: str, width: int
) -> None:
    """Nothing is asked of any network, nothing goes wrong, and nothing sticks out of a narrow window."""
    seen = opened(report_of(world), width)
    assert seen.said == []
    assert [url for url in seen.asked if not url.startswith("file:")] == []
    assert len(seen.asked) == 1
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_finding_is_the_one_that_audit_prints(opened: Callable[..., Seen], report_of: Callable[..., Path]) -> None:
    """The headline and the claims with their independent origins stand in the page."""
    folder = report_of(FERRY)
    page = opened(folder).page
    assert "Inferred: spun-digest draws on isla-efe" in page.inner_text(".lead")
    first = page.inner_text(".claims > li >> nth=0")
    assert first.startswith("Five articles, 1 independent origin")
    assert len(page.query_selector_all(".claims > li")) == len(rows(folder, "claims"))


def test_choosing_an_arrow_shows_its_passages_and_its_evidence(
    opened: Callable[..., Seen], report_of: Callable[..., Path]
) -> None:
    """The passages beside each other are those of the pair, changed words are marked, the clues add up."""
    folder = report_of(FERRY)
    seen = opened(folder)
    seen.page.select_option("#pair", label="channel-ledger and upi-page (statement)")
    seen.page.locator('.link[data-ends="isla-efe → spun-digest"] .edge-hit').dispatch_event("click")
    card = seen.card()
    for row in rows(folder, "passages"):
        if (row["left"], row["right"]) == ("isla-efe", "spun-digest"):
            assert " ".join(row["left_text"].split()) in " ".join(card.split())
            assert " ".join(row["right_text"].split()) in " ".join(card.split())
    assert "quoted: third-party words" in card
    assert "narrative: a journalist's words" in card
    assert "harbour" in seen.page.locator("#card del").all_inner_texts()
    assert "port" in seen.page.locator("#card ins").all_inner_texts()
    for row in rows(folder, "clues"):
        if (row["left"], row["right"]) == ("isla-efe", "spun-digest"):
            assert row["sentence"] in card
    assert "Looked for and not found" in card
    assert "Runner-up" in card
    totals = seen.page.locator("#card .waterfall .total").all_inner_texts()
    assert len(totals) == 4


def test_an_article_shows_where_each_sentence_is_from(
    opened: Callable[..., Seen], report_of: Callable[..., Path]
) -> None:
    """The whole text stands there, every sentence marked as the table of sentences says."""
    folder = report_of(FERRY)
    page = opened(folder).page
    page.locator('.node[data-id="spun-digest"]').dispatch_event("click")
    marked = page.eval_on_selector_all("#card div.sheet > .s", "found => found.map(s => s.className.split(' ')[1])")
    assert marked == [
        row["part"]
        for row in rows(folder, "sentences")
        if row["article"] == "spun-digest" and (row["part"] != "original" or row["p_source"])
    ]
    assert "names others, but not those whose words it has" in page.inner_text("#card")


def test_filters_and_search_change_what_is_seen(opened: Callable[..., Seen], report_of: Callable[..., Path]) -> None:
    """Kinds of edges and weak ones can be hidden; a search keeps what touches the node; the note counts."""
    folder = report_of(FERRY)
    page = opened(folder).page
    edges = rows(folder, "edges")
    visible = "document.querySelectorAll('.link:not([hidden])').length"
    assert page.evaluate(visible) == len(edges)
    page.uncheck('[data-relation="credits"]')
    assert page.evaluate(visible) == sum(row["relation"] != "credits" for row in edges)
    page.check('[data-relation="credits"]')
    page.evaluate("least.value = '0.95'; least.dispatchEvent(new Event('input'))")
    assert page.evaluate(visible) == sum(float(row["p_upstream"]) >= 0.95 for row in edges)
    page.evaluate("least.value = '0'; least.dispatchEvent(new Event('input'))")
    page.uncheck('[data-shape="agency"]')
    assert page.evaluate(visible) == sum("agency:" not in row["source"] + row["target"] for row in edges)
    page.check('[data-shape="agency"]')
    page.fill("#find", "TASS")
    assert page.evaluate(visible) == sum("tass" in row["source"] for row in edges)
    page.fill("#find", "nothing is called so")
    assert "Nothing is called" in page.inner_text("#graph-note")


def test_the_keyboard_alone_is_enough(opened: Callable[..., Seen], report_of: Callable[..., Path]) -> None:
    """Tab reaches the picture, arrow keys go from node to node, Enter shows the card; focus can always be seen."""
    page = opened(report_of(FERRY)).page
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('node')"):
            break
    first = page.evaluate("document.activeElement.dataset.id")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.dataset.id")
    assert second not in {None, first}
    outline = "getComputedStyle(document.activeElement.querySelector('.shape')).strokeWidth"
    assert float(page.evaluate(outline).removesuffix("px")) >= 3
    page.keyboard.press("Enter")
    assert page.inner_text("#card h3")
    assert page.evaluate("document.activeElement.id") == "evidence"
    place = "document.querySelector('#picture svg > g').getAttribute('transform')"
    before = page.evaluate(place)
    page.click('[data-pan="1,0"]')
    assert page.evaluate(place) != before
    page.focus("#back")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.id") == second


def test_tables_sort_filter_and_copy(opened: Callable[..., Seen], report_of: Callable[..., Path]) -> None:
    """A click on a head sorts by it, filtering keeps what matches, copying gives the rows as CSV."""
    folder = report_of(FERRY)
    page = opened(folder).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#table-edges summary")
    page.click("#table-edges th button >> text=confidence")
    shown = [float(text) for text in page.locator("#table-edges tbody td:nth-child(4)").all_inner_texts()]
    assert shown == sorted(shown)
    page.fill("#table-edges input", "agency:efe")
    matching = [row for row in rows(folder, "edges") if "agency:efe" in ",".join(row.values())]
    assert page.locator("#table-edges tbody tr").count() == len(matching)
    page.click("#table-edges >> text=Copy as CSV")
    copied = list(csv.DictReader(page.evaluate("navigator.clipboard.readText()").splitlines()))
    assert {row["target"] for row in copied} == {row["target"] for row in matching}


def test_time_and_outlets_are_drawn_where_they_are_known(
    opened: Callable[..., Seen], report_of: Callable[..., Path]
) -> None:
    """Dated articles of named outlets: a timeline to scale, a matrix, and a graph along time."""
    folder = report_of(WIRE)
    page = opened(folder).page
    assert page.locator("#times .moment").count() == len(rows(folder, "articles"))
    assert page.locator("#matrix td[data-level]").count() == len(rows(folder, "outlets"))
    assert "in order of publication" in page.inner_text("#graph-note")
    places = page.eval_on_selector_all(
        "#picture .node.article", "found => found.map(n => [n.dataset.id, n.getCTM().e])"
    )
    published = {row["id"]: row["published"] for row in rows(folder, "articles")}
    assert [name for name, _ in sorted(places, key=lambda entry: entry[1])] == sorted(
        published, key=published.__getitem__
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(
    opened: Callable[..., Seen], report_of: Callable[..., Path], width: int, scheme: str
) -> None:
    """No violation of WCAG 2.2 A and AA that axe-core can find, on the page and on the cards of article and source."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed").Axe()
    page = opened(report_of(FERRY), width, scheme).page
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for prepare in (
        "null",
        "document.querySelector('.node[data-id=\"spun-digest\"]').dispatchEvent(new Event('click'))",
        "document.querySelector('#picture .node.statement').dispatchEvent(new Event('click'))",
        "document.querySelectorAll('details').forEach(d => { d.open = true; })",
    ):
        page.evaluate(prepare)
        page.wait_for_timeout(100)
        found = axe.run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
        assert [(entry["id"], entry["nodes"][0]["html"][:200]) for entry in found] == []


def test_hostile_text_stays_text(opened: Callable[..., Seen], report_of: Callable[..., Path], tmp_path: Path) -> None:
    """Thirty hostile strings as id, outlet, title, address and text: nothing runs, nothing loads, all can be read."""
    folder = report_of(str(hostile_corpus(tmp_path)), "--same-outlet")
    for width in (360, 1280):
        seen = opened(folder, width)
        page: Any = seen.page
        for name in page.eval_on_selector_all("#article option", "found => found.map(o => o.value).filter(Boolean)"):
            page.select_option("#article", value=name)
        for summary in page.locator("#all-tables summary").all():
            summary.click()
        page.fill("#find", "<script>")
        assert page.evaluate("window.hit") is None
        assert seen.said == []
        assert [url for url in seen.asked if not url.startswith("file:")] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("#main script, #main img, #main iframe, #main [onerror], #main [onload]").count() == 0
        assert page.locator("#main a[href]:not([href^='#']):not([href^='http'])").count() == 0
    assert "صرح المتحدث" in page.inner_text("#table-articles")
