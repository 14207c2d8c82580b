"""Words that count as quoted because another article gives them as somebody's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tracer.candidates import (
    Accepted,
    Attested,
    accepted_words,
    attested_words,
    flags_of_attested,
    holders_of_attested,
    mark_attested,
    rare_shingles,
)
from tracer.candidates import attested as module
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
    return [_is_quoted(entry) for entry in with_marks(articles)]


def with_marks(articles: Sequence[ParsedArticle]) -> list[ParsedArticle]:
    accepted = accepted_words([attested_words(entry) for entry in articles])
    return [mark_attested(entry, accepted, 0.0) for entry in articles]


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
    found, _ = with_marks([article("a", PLAIN), quoting])
    assert not (found.classes == WordClass.QUOTED).any()


def test_order_and_unrelated_articles_change_nothing() -> None:
    """Neither the order of the articles nor one that shares no words."""
    plain, quoting = article("a", PLAIN), article("b", f"“{SPEECH},” Ann Lee said in a statement.", "Echo")
    other = article("c", "Nothing here was said by anybody. “Snow will fall on all roofs alike,” Ed Foe tweeted.")
    assert marked([plain, quoting]) == list(reversed(marked([quoting, plain]))) == [True, True]
    with_other = with_marks([plain, quoting, other])
    assert [_is_quoted(entry) for entry in with_other[:2]] == [True, True]
    assert np.array_equal(with_other[2].classes, other.classes)


def test_nothing_attested_changes_nothing() -> None:
    """The very same record comes back."""
    plain = article("a", PLAIN)
    assert with_marks([plain])[0] is plain
    assert not len(accepted_words([]).hashes)


def test_commonplaces_are_no_sign_that_words_were_attested() -> None:
    """Where every shared shingle is commonplace, the article stays as it is."""
    plain, quoting = article("a", PLAIN), article("b", f"“{SPEECH},” Ann Lee said in a statement.", "Echo")
    accepted = accepted_words([attested_words(quoting)])
    assert mark_attested(plain, accepted, 1e9) is plain
    assert mark_attested(plain, accepted, 25.0) is not plain


def rows_of(accepted: Accepted) -> list[tuple[int, int]]:
    return list(zip(accepted.hashes.tolist(), accepted.speakers.tolist(), strict=True))


def test_holders_are_the_articles_that_are_marked() -> None:
    """Among many attested shingles, too; where nothing is attested there are none."""
    plain, quoting = article("a", PLAIN), article("b", f"“{SPEECH},” Ann Lee said in a statement.", "Echo")
    other = article("c", "Nothing here was said by anybody. “Snow will fall on all roofs alike,” Ed Foe tweeted.")
    shingles = [rare_shingles(entry, 0.0) for entry in (plain, quoting, other)]
    accepted = accepted_words([attested_words(entry) for entry in (plain, quoting, other)])
    assert holders_of_attested(shingles, accepted, flags_of_attested(accepted)) == [True, False, False]
    many = np.sort(np.append(accepted.hashes, np.random.default_rng(1).integers(2**64, size=5000, dtype=np.uint64)))
    among = Accepted(many, many)
    assert holders_of_attested(shingles, among, flags_of_attested(among)) == [True, False, False]
    nothing = accepted_words([])
    assert holders_of_attested(shingles, nothing, flags_of_attested(nothing)) == [False, False, False]


def test_flags_never_outgrow_their_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """One for each leading value up to it; beyond it as many as at it, and still each attested shingle has its own."""
    monkeypatch.setattr(module, "_MOST_BITS", 10)
    for count, size in ((0, 16), (1, 32), (31, 512), (32, 1024), (5000, 1024)):
        hashes = np.sort(np.random.default_rng(count).integers(2**64, size=count, dtype=np.uint64))
        flags = flags_of_attested(Accepted(hashes, hashes))
        leading = 64 - int(size).bit_length() + 1
        assert len(flags) == size
        assert set(np.flatnonzero(flags).tolist()) == {value >> leading for value in hashes.tolist()}


def test_accepted_words_are_sorted_and_have_a_row_for_each_speaker() -> None:
    """By shingle, then speaker; a row said twice stands once."""
    rows = [(9, 2, 1, True), (9, 1, 1, True), (4, 3, 1, False), (4, 3, 2, False), (4, 3, 2, True), (5, 3, 1, False)]
    hashes, speakers, outlets, public = (np.array(column) for column in zip(*rows, strict=True))
    found = Attested(hashes.astype(np.uint64), speakers.astype(np.uint64), outlets.astype(np.uint64), public)
    assert rows_of(accepted_words([found])) == [(4, 3), (9, 1), (9, 2)]
