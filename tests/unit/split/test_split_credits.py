"""Credits: kind, names, and place."""

from __future__ import annotations

import pytest

from tracer.domain import Article, Span
from tracer.split import Credit, CreditKind, split_article
from tracer.split.language import read_language

BODY = "The ferry left the harbour of Ardley at noon with nine people aboard, and nobody saw it again that day."


def credits_of(text: str, **metadata: str) -> tuple[Credit, ...]:
    return split_article(Article("a", text, **metadata), "en").credits


def told(text: str, **metadata: str) -> list[tuple[str, list[str]]]:
    return [(one.kind.value, [name.name for name in one.names]) for one in credits_of(text, **metadata)]


@pytest.mark.parametrize(
    ("opening", "names", "span"),
    [
        ("PORT ELLEN, May 3 (UPI) — ", ["UPI"], "PORT ELLEN, May 3 (UPI) —"),
        ("ARDLEY (Reuters) - ", ["Reuters"], "ARDLEY (Reuters) -"),
        ("Ardley (AFP) – ", ["AFP"], "Ardley (AFP) –"),
        ("KABUL, Afghanistan (AP) -- ", ["AP"], "KABUL, Afghanistan (AP) --"),
        ("Dec 29 (Reuters) - ", ["Reuters"], "Dec 29 (Reuters) -"),
        ("(AFP) — ", ["AFP"], "(AFP) —"),
        ("BEIJING, Sept. 18 (Xinhua) -- ", ["Xinhua"], "BEIJING, Sept. 18 (Xinhua) --"),
        ("Madrid, 18 sep (EFE).- ", ["EFE"], "Madrid, 18 sep (EFE).-"),
        ("MOSCOW, September 18. /TASS/. ", ["TASS"], "MOSCOW, September 18. /TASS/."),
        ("AP — ", ["AP"], "AP —"),
    ],
)
def test_datelines(opening: str, names: list[str], span: str) -> None:
    """An agency in brackets behind a place or a date, at the start of any paragraph."""
    for before in ("", "Ferry is lost\n\n"):
        text = before + opening + BODY
        assert told(text) == [("dateline", names)]
        assert credits_of(text)[0].span.of(text).strip() == span


@pytest.mark.parametrize(
    ("closing", "kind", "names"),
    [
        ("\n(IANS/EFE)", "credit line", ["IANS", "EFE"]),
        ("\n(AP)", "credit line", ["AP"]),
        (" (AP)", "credit line", ["AP"]),
        ("\n— Reuters", "credit line", ["Reuters"]),
        ("\nAFP", "credit line", ["AFP"]),
        ("\n(Reporting by Ann Lee; Editing by Bob Roe)", "credit line", ["Reuters"]),
        ("\nCopyright 2013 The Associated Press. All rights reserved.", "credit line", ["AP"]),
        ("\n© Reuters", "credit line", ["Reuters"]),
        ("\nThis story was originally published by The Ardley Gazette.", "credit line", ["Ardley Gazette"]),
        ("\nThis article originally appeared on the website Grist.", "credit line", ["Grist"]),
        ("\nSource: TASS", "credit line", ["TASS"]),
        ("\nThe Associated Press contributed to this report.", "contribution", ["AP"]),
        ("\nAP writer Ann Lee in Ardley and Reuters contributed to this story.", "contribution", ["AP", "Reuters"]),
        ("\nThe Ardley Gazette with inputs from Agencies", "contribution", ["agencies"]),
        ("\nWith additional reporting by DPA", "contribution", ["dpa"]),
        ("\nInformation from the Associated Press was used in this report.", "contribution", ["AP"]),
        ("\nPhoto by Ann Lee/UPI", "photo", ["UPI"]),
        ("\nAnn Lee / Reuters", "photo", ["Reuters"]),
        ("\nREUTERS/Ann Lee", "photo", ["Reuters"]),
        ("\n(AP Photo/Ann Lee)", "photo", ["AP"]),
        ("\nGetty Images", "photo", ["Getty Images"]),
        ("\nImage copyright AFP", "photo", ["AFP"]),
    ],
)
def test_credits_behind_the_text(closing: str, kind: str, names: list[str]) -> None:
    """Credit lines, contributions and pictures are told apart; names keep their order."""
    assert told(BODY + closing) == [(kind, names)]


@pytest.mark.parametrize(
    "text",
    [
        BODY + " The AP and Reuters are agencies.",
        "Ann Lee (AP) is a name. " + BODY,
        "Sen. Ann Lee (CNN) spoke - " + BODY,
        "She first appeared on CNN in 1999. " + BODY,
        "A Reuters/Ipsos poll of nine people found that nobody likes rain in Ardley. " + BODY,
        "ARDLEY — " + BODY,
        "Ann Lee contributed to this report. " + BODY,
        "",
    ],
)
def test_running_text_that_is_no_credit(text: str) -> None:
    """Naming an agency is no credit."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Associated Press", ["AP"]),
        ("By REUTERS", ["Reuters"]),
        ("ANN LEE, Associated Press", ["AP"]),
        ("Ann Lee and Bob Roe, AP Business Writers", ["AP"]),
        ("Ann Lee", []),
        ("", []),
    ],
)
def test_bylines_in_the_metadata(byline: str, names: list[str]) -> None:
    """One credit without a place in the text."""
    assert told(BODY, byline=byline) == ([("byline", names)] if names else [])
    if names:
        assert credits_of(BODY, byline=byline)[0].span == Span(0, 0)


@pytest.mark.parametrize("line", ["By ANN LEE, Associated Press", "By The Associated Press", "Associated Press", "AP"])
def test_bylines_above_the_text(line: str) -> None:
    """A line above the body that names the agency, alone or behind the author."""
    assert told(f"Ferry is lost\n{line}\n{BODY}") == [("byline", ["AP"])]


def test_a_name_alone_between_paragraphs_of_body_is_no_credit() -> None:
    """There it stands under a picture."""
    long = BODY + " " + BODY
    assert told(f"{long}\nAssociated Press\n{long}") == []


def test_a_picture_credit_says_nothing_about_the_text() -> None:
    """The agency of the dateline and that of the picture stay apart."""
    text = f"Photo by Ann Lee/UPI | License Photo\n\nARDLEY (AP) — {BODY}"
    assert [(one.kind, one.names[0].name) for one in credits_of(text)] == [
        (CreditKind.PHOTO, "UPI"),
        (CreditKind.DATELINE, "AP"),
    ]


@pytest.mark.parametrize("agencies", [1, 14, 15, 16, 17, 40])
def test_a_language_may_know_the_wordings_of_any_number_of_agencies(
    agencies: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether all of them are sought in one pass or not, the first and the last are found."""
    signatures = {f"Agency {number}": [f"[desk {number}]"] for number in range(agencies)}
    lists = {
        "attributions": {"documents": ["a"], "interviews": ["b"], "anaphors": ["c"]},
        "institutions": {"outlet_words": ["d"], "heads": ["e"], "lower_heads": ["f"]},
        "statements": {"issued": ["g"], "tweet": ["h"], "speech": ["i"]},
        "speech": {"participles": ["j"]},
        "credits": {"photo": ["k"], "agencies": ["l"], "signatures": signatures},
        "documents": {"legal": ["m"], "openers": ["n"], "numbered": ["o"]},
    }
    language = read_language("xx", lists)
    monkeypatch.setattr("tracer.split.splitter.load_language", lambda code: language)
    for number in (0, agencies - 1):
        assert told(f"The ferry sank. [desk {number}]") == [("credit line", [f"Agency {number}"])]
    assert told("The ferry sank.") == []
