"""Which articles make one story, and what happens where there are too many."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tracer.story import Link, StorySettings, group_articles

NOON = datetime(2031, 5, 2, 12, tzinfo=UTC)


def undated(names: str) -> dict[str, datetime | None]:
    """Articles named by single letters."""
    return dict.fromkeys(names)


def chain(names: str, *strengths: float) -> list[Link]:
    """Each article linked to the next."""
    return [Link(*ends, strength) for *ends, strength in zip(names, names[1:], strengths, strict=False)]


def test_components_under_the_bound_are_stories() -> None:
    """Linked directly or not; an article without a link stands alone."""
    found = group_articles(undated("fabcde"), [Link("a", "c", 0.2), Link("c", "e", 0.9), Link("b", "d", 0.1)], 3)
    assert found.stories == (("a", "c", "e"), ("b", "d"), ("f",))
    assert found.story_of == {"a": 0, "c": 0, "e": 0, "b": 1, "d": 1, "f": 2}
    assert not found.cut
    assert not found.warnings(3)


def test_no_article_makes_no_story() -> None:
    """Nothing in, nothing out."""
    assert group_articles({}, [], 5).stories == ()


def test_the_weakest_links_are_cut() -> None:
    """Two knots that one faint link joins come apart there, though it comes first."""
    links = chain("abcdef", 0.9, 0.8, 0.1, 0.7, 0.95)
    found = group_articles(undated("abcdef"), links, 4)
    assert found.stories == (("a", "b", "c"), ("d", "e", "f"))
    assert found.cut == (Link("c", "d", 0.1),)
    assert found.is_cut("c", "d")
    assert not found.is_cut("a", "c")


def test_a_link_whose_ends_meet_by_others_is_not_cut() -> None:
    """Weak as it is: nothing is lost by keeping it."""
    links = [*chain("abcd", 0.9, 0.9, 0.2), Link("a", "c", 0.01)]
    found = group_articles(undated("abcd"), links, 3)
    assert found.cut == (Link("c", "d", 0.2),)


def test_versions_hold_before_all_else() -> None:
    """No link is stronger than the one between two versions of one article."""
    links = [Link("a", "b", 0.99), Link.of_version("b", "c")]
    assert group_articles(undated("abc"), links, 2).stories == (("a",), ("b", "c"))


def test_nearness_in_time_decides_among_equals() -> None:
    """Mass-printed text is told apart by when it was printed; undated articles come last, ids decide the rest."""
    dated = {"a": NOON, "b": NOON + timedelta(days=9), "c": NOON + timedelta(hours=1), "d": None}
    links = [Link(left, right, 0.991) for left, right in ("ab", "ad", "bd", "cd")] + [Link("a", "c", 0.989)]
    assert group_articles(dated, links, 2).stories == (("a", "c"), ("b", "d"))
    assert group_articles(undated("abc"), chain("abc", 0.5, 0.5), 2).stories == (("a", "b"), ("c",))


def test_the_warning_counts_and_names_the_setting() -> None:
    """Components, the stories they fell into, and the links between them."""
    links = [*chain("abcd", 0.9, 0.5, 0.9), *chain("pqr", 0.9, 0.3), Link("y", "z", 0.8)]
    found = group_articles(undated("abcdpqrxyz"), links, 2)
    (warning,) = found.warnings(2)
    assert warning.startswith("2 groups of linked articles were too large to be traced whole and split into 4 stories")
    assert "; 2 links between them" in warning
    assert "story.most_articles (2)" in warning
    (single,) = group_articles(undated("pqr"), chain("pqr", 0.9, 0.3), 2).warnings(2)
    assert single.startswith("1 group of linked articles was")
    assert "; 1 link between them" in single


def test_links_must_name_known_articles() -> None:
    """Anything else is a mistake of the caller's."""
    with pytest.raises(KeyError):
        group_articles(undated("ab"), [Link("a", "z", 0.5)], 9)


def test_a_story_of_one_article_has_no_links() -> None:
    """A bound below two is no setting."""
    assert StorySettings(most_articles=2).problems() == []
    assert len(StorySettings(most_articles=1, seed=-1).problems()) == 2
