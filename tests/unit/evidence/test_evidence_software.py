"""Scars that software leaves, cohesion, mixed house styles."""

from __future__ import annotations

import pytest
from evidence_prose import ASIDE, STORY, parsed

from tracer.align import shared_passages
from tracer.domain import Article
from tracer.evidence.cohesion import cohesion
from tracer.evidence.house_style import mixed_styles, same_but_for_style
from tracer.evidence.ledger import Observation
from tracer.evidence.software_scars import glyph_scars, splitter_scars
from tracer.split import ParsedArticle, parse_article

DON = "The cook’s goat ate the harbour master’s bread, and the master didn’t ask whose it was before he wrote to her."
HOME = f"{STORY} {DON}"
RAN = "Everybody on the quay went home after eleven. Sailors had nothing left to say about it."


def scars(left: str, right: str) -> list[Observation]:
    ours, theirs = parsed("a", left), parsed("b", right)
    passages = shared_passages(ours, theirs)
    return [*glyph_scars(ours, theirs, passages), *splitter_scars(ours, theirs, passages)]


@pytest.mark.parametrize(
    ("was", "became"),
    [
        ("’", "´"),
        ("’", "â€™"),
        ("didn’t", "didn\ufffdt"),
        (" and", " &amp; and"),
        ("“A", "”A"),
        ("eleven. S", "eleven.S"),
        ("Capt. Ilse", "Capt.\n\nIlse"),
    ],
)
def test_damage_on_one_side_points_from_the_other(was: str, became: str) -> None:
    """Broken characters, run-together sentences, sentences cut after an abbreviation."""
    whole = f"{HOME} {RAN} “A winch,” said Capt. Ilse Brandeth, “is not a toy for goats, whatever their owners think.”"
    broken = whole.replace(was, became)
    assert broken != whole
    (seen,) = scars(whole, broken)
    assert 0 < seen.strength <= 1
    (back,) = scars(broken, whole)
    assert back.strength == -seen.strength
    assert seen.right is not None


@pytest.mark.parametrize("side", [0, 1])
def test_a_habit_of_either_site_is_no_scar(side: int) -> None:
    """Where its own words are printed alike, damage tells a site's software, not where these words come from."""
    own = " The mayor´s fair wasn´t the county´s best, and the band´s drum was somebody´s old churn without its lid."
    texts = [f"{DON} {STORY}{own if side == 0 else ''}", f"{DON} {STORY}".replace("’", "´") + (own if side else "")]
    assert scars(*texts) == []


def test_damage_on_both_sides_is_no_scar() -> None:
    """What both have, neither made."""
    damaged = HOME.replace("’", "´")
    assert scars(damaged, damaged) == []
    assert scars(HOME, HOME) == []
    assert scars("", HOME) == []


def test_curly_and_straight_marks_are_house_style() -> None:
    """Nobody damaged anything."""
    assert scars(HOME, HOME.replace("’", "'")) == []


def coherence(left: ParsedArticle, right: ParsedArticle) -> float:
    return sum(seen.strength for seen in cohesion(left, right, shared_passages(left, right)))


def test_words_belong_where_their_neighbours_speak_of_the_same() -> None:
    """More of the rare words recur around the passage at home; size says nothing; exchanged sides, exchanged sign."""
    more = "Divers with a winch looked at the breakwater for the ferry Gudrun and her engineer, while lamps burned. "
    home, away = parsed("a", f"{more * 2} {STORY}"), parsed("b", f"{ASIDE} {STORY}")
    assert coherence(home, away) > 1
    assert coherence(away, home) == -coherence(home, away)
    assert coherence(parsed("a", f"{more * 2} {STORY}"), parsed("b", STORY)) == 0
    assert coherence(parsed("a", STORY), parsed("b", STORY)) == 0
    foreign = [parse_article(Article(side.id, side.article.text), "xx") for side in (home, away)]
    assert coherence(*foreign) == 0


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("per cent", "percent", True),
        ("labour", "labor", True),
        ("organisers", "organizers", True),
        ("the us", "the united states", False),
        ("us", "united states", True),
        ("did not", "didn't", True),
        ("sen brandeth", "senator brandeth", True),
        ("travelled", "traveled", True),
        ("harbour", "haven", False),
        ("list", "lizt", True),
        ("is", "iz", False),
        ("sell", "buy", False),
    ],
)
def test_house_style_is_no_reading(left: str, right: str, expected: bool) -> None:
    """Either way round; spelling rules need a letter before the place where they apply."""
    ours, theirs = left.split(), right.split()
    assert same_but_for_style(ours, theirs, "en") is same_but_for_style(theirs, ours, "en") is expected


def test_house_style_is_known_by_language() -> None:
    """Without a language file, only equal words are equal."""
    assert same_but_for_style(["labour"], ["labour"], "xx")
    assert not same_but_for_style(["labour"], ["labor"], "xx")


def test_two_hands_mix_styles() -> None:
    """Both ways at least twice, and neither a rare exception."""
    curly, straight = "The dog’s bone. The cat’s tail. ", "The dog's bone. The cat's tail. "
    assert mixed_styles(parsed("a", curly + straight)) == ("curly or straight apostrophes",)
    assert mixed_styles(parsed("a", curly + "The dog's bone.")) == ()
    assert mixed_styles(parsed("a", curly * 5 + straight)) == ()
    assert mixed_styles(parsed("a", "")) == ()
    assert mixed_styles(parsed("a", "A US ferry. The US goat. A U.S. ferry. The U.S. goat.")) == ("U.S. or US",)
