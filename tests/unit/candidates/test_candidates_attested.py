"""Words that count as quoted because another article gives them as somebody's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tracer.candidates import attested_words, fingerprint, mark_attested
from tracer.domain import Article
from tracer.split import ParsedArticle, WordClass, parse_article

SPEECH = (
    "Whoever rows across the frozen estuary this winter without a lantern answers to the harbour board "
    "and forfeits his oars until the herring return"
)
PLAIN = f"Fog lay on the marsh. {SPEECH}. Then the geese left."


def article(name: str, text: str, outlet: str | None = None, byline: str | None = None) -> ParsedArticle:
    return parse_article(Article(name, text, outlet=outlet, byline=byline), "en")


def marked(articles: Sequence[ParsedArticle]) -> list[bool]:
    """For each article, whether all words of the speech count as quoted."""
    prints = [fingerprint(entry, 0.0) for entry in articles]
    found = mark_attested(articles, prints, [attested_words(entry) for entry in articles])
    return [_is_quoted(entry) for entry in found]


def _is_quoted(parsed: ParsedArticle) -> bool:
    words = SPEECH.lower().split()
    start = next(i for i in range(len(parsed.tokens)) if list(parsed.tokens.words[i : i + 3]) == words[:3])
    return bool((parsed.classes[start : start + len(words)] == WordClass.QUOTED).all())


@pytest.mark.parametrize(
    ("quoting", "expected"),
    [
        ([("“{},” Ann Lee said in a statement.", "Echo")], True),
        ([("“{},” Ann Lee said.", "Echo")], False),
        ([("“{},” Ann Lee said.", "Echo"), ("“{},” Ann Lee said.", "Bugle")], True),
        ([("“{},” Ann Lee said.", "Echo"), ("“{},” Ann Lee said.", "Echo")], False),
        ([("“{},” Ann Lee said.", "Echo"), ("“{},” Bob Roe said.", "Bugle")], False),
        ([("“{},” the Associated Press reported.", "Echo"), ("“{},” Reuters said.", "Bugle")], False),
        ([("“{}.”", "Echo"), ("“{}.”", "Bugle")], False),
        ([("Politico reported: “{},” Ann Lee tweeted it.", "Echo")], False),
    ],
)
def test_words_given_as_a_third_party_s_count_as_quoted_elsewhere(
    quoting: list[tuple[str, str]], expected: bool
) -> None:
    """By one article as a statement, or by two outlets as one speaker's; never as an outlet's own words."""
    others = [article(f"b{n}", text.format(SPEECH), outlet) for n, (text, outlet) in enumerate(quoting)]
    assert marked([article("a", PLAIN, "Post"), *others])[0] is expected


def test_the_speaker_s_own_article_stays_his_own() -> None:
    """An opinion piece is not made a quotation by those who quote it."""
    quoting = article("b", f"“{SPEECH},” Ann Lee said in a statement.", "Echo")
    assert marked([article("a", PLAIN, "Post", byline="Ann Lee"), quoting])[0] is False
    assert marked([article("a", PLAIN, "Post", byline="Cy Poe"), quoting])[0] is True


def test_short_echoes_take_nothing_away() -> None:
    """Fewer than twelve attested words in a row stay the journalist's."""
    quoting = article("b", f"“{' '.join(SPEECH.split()[:9])},” Ann Lee said in a statement.", "Echo")
    (found, _) = mark_attested(
        [article("a", PLAIN), quoting], [fingerprint(entry, 0.0) for entry in (article("a", PLAIN), quoting)],
        [attested_words(entry) for entry in (article("a", PLAIN), quoting)],
    )  # fmt: skip
    assert not (found.classes == WordClass.QUOTED).any()


def test_order_and_unrelated_articles_change_nothing() -> None:
    """Neither the order of the articles nor one that shares no words."""
    plain, quoting = article("a", PLAIN), article("b", f"“{SPEECH},” Ann Lee said in a statement.", "Echo")
    other = article("c", "Nothing here was said by anybody. “Snow will fall on all roofs alike,” Ed Foe tweeted.")
    assert marked([plain, quoting]) == list(reversed(marked([quoting, plain]))) == [True, True]
    with_other = mark_attested(
        [plain, quoting, other],
        [fingerprint(entry, 0.0) for entry in (plain, quoting, other)],
        [attested_words(entry) for entry in (plain, quoting, other)],
    )
    assert [_is_quoted(entry) for entry in with_other[:2]] == [True, True]
    assert np.array_equal(with_other[2].classes, other.classes)


def test_nothing_attested_changes_nothing() -> None:
    """The very same records come back."""
    plain = article("a", PLAIN)
    assert mark_attested([plain], [fingerprint(plain, 0.0)], [attested_words(plain)]) == [plain]
    assert mark_attested([], [], []) == []
