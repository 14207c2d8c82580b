"""Credits of agencies and hat tips: against labels by hand (PolNeAR, training part), and against a rule's."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tracer.domain import Article, SourceKind
from tracer.evidence.naming import TEXT_CREDITS
from tracer.read import ReadSettings, read_articles
from tracer.read.records import RecordReader
from tracer.split import CreditKind, SplitText, split_article

AGENCIES_BY_THEIR_OWN_WORDS = {
    # Read by hand: "By THE ASSOCIATED PRESS" above the one, "- Reuters." below the other; labelled as nobody's.
    "nyt_2016-07-30_oil-prices-keep-market-gains-in-",
    "wash-post_2016-07-03_trump-tweet-that-blasts-clinton-",
}


@pytest.fixture(scope="module")
def rows(polnear: Path) -> list[dict[str, Any]]:
    with gzip.open(polnear / "articles.jsonl.gz", "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def parsed(row: Mapping[str, Any], *, metadata: bool) -> SplitText:
    """The article as a table row is read; its credit column only where that is asked for."""
    fields = {name: row[name] for name in ("id", "publisher", "author", "title", "text")}
    if metadata:
        fields["credit"] = row["credit"]
    article = RecordReader("polnear", ReadSettings()).read(fields, 1)
    return split_article(article, "en")  # type: ignore[arg-type]


def agencies(split: SplitText) -> set[str]:
    """Agencies that the article says its text is of."""
    named = (name for credit in split.credits if credit.kind in TEXT_CREDITS for name in credit.names)
    return {name.name.casefold() for name in named if name.kind is SourceKind.AGENCY and name.name != "agencies"}


def test_agency_credits_are_found(rows: list[dict[str, Any]]) -> None:
    """From text and byline alone, against the labels; and against them without two that the articles contradict."""
    right = false = missed = contradicted = 0
    for row in rows:
        label = row["wire"].casefold() if row["wire"] not in {"None", "NA"} else None
        found = agencies(parsed(row, metadata=False))
        right += label in found
        missed += label is not None and label not in found
        false += bool(found) and label not in found
        contradicted += bool(found) and label not in found and row["id"] in AGENCIES_BY_THEIR_OWN_WORDS
    precision, recall = right / (right + false), right / (right + missed)
    mended = (right + contradicted) / (right + false)
    print(f"agency credits: precision {precision:.3f} ({mended:.3f} by reading), recall {recall:.3f}")
    assert precision >= 0.97
    assert mended >= 0.98
    assert recall >= 0.93


def test_hat_tips_of_the_metadata_are_credits(rows: list[dict[str, Any]]) -> None:
    """ "h/t: The Hill" in the credit column; the texts themselves no longer have them."""
    tips = [row for row in rows if row["credit"].startswith("h/t")]
    found = 0
    for row in tips:
        wanted = row["credit"].split(":", 1)[1].strip(" .").casefold().removeprefix("the ")
        split = parsed(row, metadata=True)
        told = (credit for credit in split.credits if credit.kind is CreditKind.METADATA)
        names = {name.name.casefold() for credit in told for name in credit.names}
        found += any(wanted in name or name in wanted for name in names)
    print(f"hat tips: {found} of {len(tips)}")
    assert found >= 0.9 * len(tips)


def test_credits_that_a_rule_finds_are_found(news_dev: Path) -> None:
    """Every agency of the silver labels is among those credited, contributions included.

    Of 834 articles two differ: "Reporting by" a paper's own staff, which the rule takes for Reuters' signature.
    """
    with gzip.open(news_dev / "wire_credit_silver.jsonl.gz", "rt", encoding="utf-8") as stream:
        silver = {row["id"]: {name.casefold() for name in row["agency"]} for row in map(json.loads, stream)}
    agreed = 0
    for article in read_articles([news_dev / "articles.jsonl.gz"]):
        if isinstance(article, Article) and article.id in silver:
            told = (credit for credit in split_article(article, "en").credits if credit.kind is not CreditKind.PHOTO)
            agreed += silver[article.id] <= {name.name.casefold() for credit in told for name in credit.names}
    print(f"silver credits: {agreed} of {len(silver)} articles")
    assert agreed >= 0.99 * len(silver)
