"""Sources named in running text."""

from __future__ import annotations

import pytest

from tracer.domain import Article, SourceKind
from tracer.split import split_article


def told(text: str) -> list[tuple[str, str]]:
    return [(one.cue, one.source.name) for one in split_article(Article("a", text), "en").attributions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry sank, according to TASS.", [("according_to", "TASS")]),
        ("The ferry sank, according to the state news agency Xinhua.", [("according_to", "Xinhua")]),
        ("An official told Reuters that the ferry sank.", [("told", "Reuters")]),
        ("An official told the Ardley Gazette that it sank.", [("told", "Ardley Gazette")]),
        ("Ann Lee said in an interview with the Guardian that it sank.", [("told", "The Guardian")]),
        ("NPR has learned that the ferry sank.", [("has_learned", "NPR")]),
        ("The Ardley Gazette has learned that it sank.", [("has_learned", "Ardley Gazette")]),
        ("Reuters reported that the ferry sank.", [("reported", "Reuters")]),
        ("The ferry sank, reports the Guardian.", [("reported", "The Guardian")]),
        ("“It sank”, said Interfax.", [("said", "Interfax")]),
        ("The Washington Post's Ann Lee reports that it sank.", [("reported", "Washington Post")]),
        ("As reported by AFP, the ferry sank.", [("reported", "AFP")]),
        ("The Kremlin said the ferry sank.", [("said", "Kremlin")]),
        ("The Kremlin said in a statement that the ferry sank.", [("statement", "Kremlin")]),
        ("Ardley Police said the ferry sank.", [("said", "Ardley Police")]),
        ("Www.reuters.com said the ferry sank.", [("said", "Reuters")]),
        ("Markets.ft.com said the ferry sank.", [("said", "Financial Times")]),
        ("The ferry sank, Https://m.reuters.com said.", [("said", "Reuters")]),
        ("The ferry sank (h/t Politico).", [("via", "Politico")]),
        ("The ferry sank, Interfax said, citing the Kremlin.", [("said", "Interfax"), ("according_to", "Kremlin")]),
        ("Ann Lee told Foreign Secretary Bob Roe that it sank.", []),
        ("Ann Lee told Congress that it sank.", []),
        ("Ann Lee told Time Warner that it sank.", []),
        ("According to a Reuters/Ipsos poll the ferry sank.", []),
        ("The newspaper reported that the ferry sank.", []),
        ("Ann Lee was said to be at the Kremlin.", []),
        ("“I told Reuters, according to TASS, that it sank,” she said.", []),
    ],
)
def test_cues(text: str, expected: list[tuple[str, str]]) -> None:
    """Known names behind or before a cue, and outlet-like names where the cue is sure; never inside quotation marks."""
    assert told(text) == expected


def test_spans_cover_cue_and_name_and_say_which_sentence() -> None:
    """``span`` holds cue and name, ``name_span`` the name alone."""
    text = "It rained. An official told Reuters that the ferry sank."
    (one,) = split_article(Article("a", text), "en").attributions
    assert (one.span.of(text), one.name_span.of(text), one.sentence) == ("told Reuters", "Reuters", 1)
    assert one.source.kind is SourceKind.AGENCY
