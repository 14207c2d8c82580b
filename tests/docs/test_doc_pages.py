"""Links resolve, words are defined, floors are those of the contract, and no page tells what is nobody's business."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from doc_pages import DOCS, ROOT, page_id, pages, prose

EXPECTED = {
    *("tutorial.md", "glossary.md", "architecture.md", "contributing.md"),
    *(f"how-to/{name}.md" for name in ("audit-saved-pages", "trace-a-corpus", "use-from-python", "keep-an-archive")),
    *(f"how-to/{name}.md" for name in ("read-the-evidence", "add-a-language", "score-a-report", "simulate-a-newsroom")),
    "how-to/run-on-spark.md",
    *(
        f"reference/{name}.md"
        for name in (
            "cli",
            "inputs",
            "exit-codes",
            "report-columns",
            "report-files",
            "settings",
            "python-api",
            "clues",
            "gold",
            "scores",
        )
    ),
    *(f"explanation/{name}.md" for name in ("pipeline", "evidence", "graph", "limits", "performance")),
}
TERMS = """
lineage, statement, none, direction, immediacy, common source, unresolved, direct, through unseen, upstream, derived,
unseen source, unseen carrier, latent source, claim, family, independent origin, passage, credit, credit line, dateline,
byline, attribution, version, clue, ledger, log-odds, prior, cap, verdict, draws on, text reuse, containment,
resemblance, shingle, alignment, stemma, variant place, scar, story, boilerplate, background model, surprisal,
candidate pair, span, outlet, agency
""".replace("\n", " ")
PRIVATE = {
    "a machine's path": r"(?<![\w.])/(?:home|tmp|work|root|Users)/",
    "an issue's number": r"(?<![\w&`])#\d+\b",
    "how the pages came about": r"(?i)\b(?:helpers?|sessions?|claude|llm|chatgpt|copilot)\b",
    "a word that accuses": r"(?i)\b(?:stole|stolen|plagiari\w+|churnalism)\b",
    "shared data": r"\.\./shared|\bshared/(?:data|stories)",
}


def _links(text: str) -> list[str]:
    return re.findall(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)", prose(text) + "\n" + text)


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"(?m)^#+ (.+)$", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_pages_that_should_be_there_are():
    assert {page_id(page) for page in pages()} >= EXPECTED


@pytest.mark.parametrize("page", pages(), ids=page_id)
def test_internal_links_resolve(page):
    """Every link to a file leads to one, and every anchor to a heading."""
    for link in _links(page.read_text(encoding="utf-8")):
        if re.match(r"https?:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


@pytest.mark.parametrize("page", pages(), ids=page_id)
def test_files_that_a_page_names_exist(page):
    """A path of the repository in a code span is a file or folder of it."""
    named = re.findall(r"`((?:tracer|docs|tests|fixtures)/[\w./-]+)`", page.read_text(encoding="utf-8"))
    missing = [path for path in named if not (ROOT / path).exists()]
    assert not missing


@pytest.mark.parametrize("page", pages(), ids=page_id)
def test_pages_keep_to_the_project(page):
    text = page.read_text(encoding="utf-8")
    found = [(why, hit[0]) for why, pattern in PRIVATE.items() if (hit := re.search(pattern, text))]
    assert not found


@pytest.mark.parametrize("page", pages(), ids=page_id)
def test_a_page_begins_with_its_title(page):
    assert re.match(r"# \S", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("term", [term.strip() for term in TERMS.split(",")])
def test_the_glossary_defines(term):
    """Each word of the outputs and of the field's vocabulary has an entry of its own, in alphabetical order."""
    entries = re.findall(r"(?m)^\*\*(.+?)\*\* – ", (DOCS / "glossary.md").read_text(encoding="utf-8"))
    names = [name for entry in entries for name in entry.split(" / ")]
    assert term in names
    assert entries == sorted(entries, key=str.casefold)


def test_the_floors_of_the_page_are_those_of_the_contract():
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(entry["layers"] for entry in contract if entry["type"] == "layers")
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| \d+ \| ((?:`\w+`(?: ∣ )?)+) \|", page)
    assert [re.findall(r"`(\w+)`", row) for row in rows] == [
        [name.strip() for name in layer.split("|")] for layer in layers
    ]


@pytest.mark.parametrize("page", sorted((DOCS / "decisions").glob("*.md")), ids=page_id)
def test_a_decision_is_told_in_four_parts_on_one_page(page):
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"(?m)^## (.+)$", text)
    assert headings == ["Question", "Choice", "Evidence", "What would change our mind"]
    assert len(text.split()) <= 500
