"""Passages: shared stretches with their spans, classes and variant places."""

from __future__ import annotations

from itertools import combinations

import pytest

from tracer.align import Passage, PassageKind, matched_runs, shared_passages
from tracer.domain import Article
from tracer.split import ParsedArticle, parse_article

BELL = "The ferry Gudrun struck the Hollin breakwater before dawn on Tuesday and lost her bronze bell."
WINCH = "Divers from two villages quarrelled over the wreck while the harbour master hid his only winch."
CLOCK = "A cheesemaker in Dunmore has banned every clock from his ripening room."


def parsed(name: str, text: str, title: str | None = None) -> ParsedArticle:
    return parse_article(Article(name, text, title=title), "en")


def aligned(left: str, right: str) -> tuple[ParsedArticle, ParsedArticle, list[Passage]]:
    ours, theirs = parsed("a", left), parsed("b", right)
    return ours, theirs, shared_passages(ours, theirs)


def readings(left: str, right: str) -> list[tuple[str, str]]:
    """The two readings at each variant place, as comparable words."""
    ours, theirs, passages = aligned(left, right)
    return [
        (
            " ".join(ours.tokens.words[variant.left.start : variant.left.stop]),
            " ".join(theirs.tokens.words[variant.right.start : variant.right.stop]),
        )
        for passage in passages
        for variant in passage.variants
    ]


PAIRS = [
    (BELL, BELL),
    (f"{BELL} {WINCH}", f"{WINCH} {BELL}"),
    (f"{BELL} {CLOCK} {WINCH}", BELL.replace("before dawn", "long before noon") + " " + WINCH),
    (f"He said “{BELL}” and left. {WINCH}", f"{BELL} {WINCH}"),
    (f"{BELL} {BELL} {BELL}", f"{BELL} {BELL}"),
    (BELL.replace("struck", "hit").replace("lost", "shed"), BELL),
]


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_no_word_belongs_to_two_passages(left: str, right: str) -> None:
    """On neither side do two passages of a pair overlap; matched words pair equal words one to one."""
    ours, theirs, passages = aligned(left, right)
    assert passages
    for one, other in combinations(passages, 2):
        assert not set(one.left) & set(other.left)
        assert not set(one.right) & set(other.right)
    for passage in passages:
        matched = [pair for run in matched_runs(passage) for pair in zip(*run, strict=True)]
        assert len(matched) == passage.matched == len(set(matched))
        assert all(ours.tokens.words[our] == theirs.tokens.words[their] for our, their in matched)


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_spans_are_the_words_as_written(left: str, right: str) -> None:
    """A span runs from the first word to the last; similarity lies in (0, 1]; passages are in order."""
    ours, theirs, passages = aligned(left, right)
    for passage in passages:
        assert passage.left_span == ours.tokens.span(passage.left.start, passage.left.stop)
        assert passage.right_span == theirs.tokens.span(passage.right.start, passage.right.stop)
        assert 0 < passage.similarity <= 1
        assert (passage.kind is PassageKind.VERBATIM) == (not passage.variants)
    starts = [passage.left.start for passage in passages]
    assert starts == sorted(starts)


def test_an_exact_duplicate_is_one_passage_from_the_first_word() -> None:
    """The whole text, with similarity 1."""
    text = f"{BELL} {WINCH} {CLOCK}"
    ours, _, (passage,) = aligned(text, text)
    assert passage.left == range(len(ours.tokens))
    assert passage.left_span.of(text) == text.rstrip(".")
    assert (passage.kind, passage.similarity) == (PassageKind.VERBATIM, 1.0)


def test_house_style_is_no_variant() -> None:
    """Apostrophes, capitals and dots of initials differ, the words do not; the spans show both as written."""
    left, right = "The U.S. ferry’s BELL was lost off Hollin.", "the US ferry's bell was lost off Hollin."
    _, _, (passage,) = aligned(left, right)
    assert passage.kind is PassageKind.VERBATIM
    assert passage.left_span.of(left) == left.rstrip(".")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("struck", "hit", [("struck", "hit")]),
        ("before dawn", "at noon", [("before dawn", "at noon")]),
        ("bronze ", "", [("bronze", "")]),
        ("her bronze", "her old bronze", [("", "old")]),
        ("The ferry Gudrun struck", "A boat Gudrun struck", []),
    ],
)
def test_variants_list_both_readings(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    """A changed, dropped or added word between shared ones is a variant place; an addition has an empty other side."""
    assert readings(BELL, BELL.replace(old, new)) == expected
    swapped = [(theirs, ours) for ours, theirs in expected]
    assert readings(BELL.replace(old, new), BELL) == swapped


def test_a_long_gap_parts_two_passages() -> None:
    """Blocks with more than eight words between them on one side do not belong together."""
    first, second = BELL.rstrip("."), WINCH[0].lower() + WINCH[1:]
    short = aligned(f"{first} and {second}", f"{first} and so on and so on and {second}")[2]
    long = aligned(f"{first} and {second}", f"{first} {CLOCK} and so on and so on {second}")[2]
    assert len(short) == 1
    assert len(long) == 2


def test_passages_are_cut_at_quotation_marks() -> None:
    """Words that are quoted on one side only stand apart from those that both tell, or both quote."""
    told = f"{BELL} {WINCH}"
    quoting = f"{BELL} “{WINCH}” Ann Lee said."
    _, _, passages = aligned(told, quoting)
    assert [(p.left_quoted, p.right_quoted, p.quoted) for p in passages] == [(False, False, False), (False, True, True)]
    _, _, passages = aligned(quoting, quoting)
    assert [(p.left_quoted, p.right_quoted) for p in passages][:2] == [(False, False), (True, True)]


def test_page_furniture_is_not_matched() -> None:
    """A repeated headline takes no part, and no passage reaches across it on either side."""
    first, second = "Gudrun struck the Hollin breakwater before dawn", "and lost her bronze bell at sea"
    title = "Ferry sinks off Hollin"
    plain = parsed("a", f"{first} {second}.")
    broken = parsed("b", f"{first}\n\n{title}\n\n{second}.", title=title)
    forwards = [(p.left, p.right) for p in shared_passages(plain, broken)]
    backwards = [(p.right, p.left) for p in shared_passages(broken, plain)]
    assert forwards == backwards
    assert all(p.matched == len(p.left) == len(p.right) for p in shared_passages(plain, broken))


@pytest.mark.parametrize(("left", "right"), [("", ""), ("", BELL), (BELL, CLOCK), ("One two three.", "One two three.")])
def test_strangers_share_no_passage(left: str, right: str) -> None:
    """Nor do texts of fewer than four words."""
    assert aligned(left, right)[2] == []


@pytest.mark.parametrize(
    "text",
    ["bell " * 100_000, "one two three four five. " * 10_000, "“" + BELL + "” " * 50_000],
    ids=["one word", "one sentence", "marks"],
)
def test_hostile_repetition_is_aligned_in_bounded_time(text: str) -> None:
    """Half a megabyte of refrain against itself and against a short text."""
    for left, right in ((text, text), (text, BELL), (BELL, text)):
        assert all(passage.matched > 0 for passage in aligned(left, right)[2])
