"""Regions: what a reader would mark as one reuse."""

from __future__ import annotations

import pytest

from tracer.align import Region, RegionKind, region_of, reused_regions, rewritten_passages, shared_passages
from tracer.domain import Article
from tracer.split import ParsedArticle, parse_article

STORY = (
    "The ferry Gudrun struck the Hollin breakwater before dawn and lost her bronze bell.",
    "Harbour master Odd Grimsey hid the only winch in Hollin because divers quarrelled about salvage.",
    "A cheesemaker from Dunmore lent them a herring net, two barrels and a brass compass.",
    "By nightfall the bell hung from the chapel rafters, and nobody would say who had raised it.",
    "Insurers in Skagen refused to pay, arguing that a bell is furniture and no part of the hull.",
    "The chapel warden rang it at midnight, which woke the ropewalkers and annoyed the bishop.",
)
RETOLD = (
    "Before dawn the Gudrun, a ferry, hit the breakwater at Hollin; her bronze bell was lost.",
    "Divers quarrelled about salvage, so harbour master Grimsey hid the only winch that Hollin had.",
    "Two barrels, a brass compass and a herring net were lent to them by a Dunmore cheesemaker.",
    "Nobody would say who raised the bell, but by nightfall it hung from rafters in the chapel.",
)
STRANGER = (
    "Wheat prices in the southern plains rose for a third week as drought thinned the harvest.",
    "Millers have begun to blend barley flour into cheap loaves, and bakers complain of the crust.",
    "A minister promised seed grants to growers who plant sorghum on their poorest fields.",
    "Railway managers offered empty wagons at half the usual rate to carry fodder north.",
)
OTHER = (
    "Surgeons at the coastal clinic replaced a violinist's wrist with a joint of printed titanium.",
    "She practised scales within a month, to the delight of her orchestra and her physiotherapist.",
    "The device costs as much as a small car, though engineers expect cheaper alloys soon.",
)


def parsed(name: str, *sentences: str, language: str = "en") -> ParsedArticle:
    return parse_article(Article(name, " ".join(sentences)), language)


def regions(left: tuple[str, ...], right: tuple[str, ...], language: str = "en") -> list[Region]:
    return reused_regions(parsed("a", *left, language=language), parsed("b", *right, language=language))


def left_text(region: Region, sentences: tuple[str, ...]) -> str:
    return region.left_span.of(" ".join(sentences))


@pytest.mark.parametrize("sentences", [STORY, STORY[:2]], ids=["long", "short"])
@pytest.mark.parametrize("language", ["en", "xx"])
def test_a_text_against_itself_is_one_region(sentences: tuple[str, ...], language: str) -> None:
    """From the first word to the last, word for word, with or without a background model."""
    (region,) = regions(sentences, sentences, language)
    words = len(parsed("a", *sentences).tokens)
    assert (region.left, region.right) == (range(words), range(words))
    assert (region.kind, region.similarity) == (RegionKind.VERBATIM, 1.0)


@pytest.mark.parametrize(
    ("left", "right"),
    [(STORY, STRANGER), (STORY, ()), ((), ()), (STORY[:1], STRANGER[:1]), (("...", "—"), STORY)],
    ids=["strangers", "empty", "both empty", "one sentence", "no words"],
)
def test_nothing_is_found_where_nothing_is_reused(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    """Strangers and texts without words."""
    assert regions(left, right) == []


def test_a_shared_commonplace_is_no_region() -> None:
    """A stock sentence weighs too little."""
    stock = ("Officials said on Monday that the talks are expected to resume next week.",)
    assert regions(STORY + stock, STRANGER + stock) == []


def test_a_reused_stretch_is_found_inside_other_text() -> None:
    """A run of more than 45 equal words keeps its own edges, though it ends within a sentence."""
    cut = " ".join(STORY[:4]).removesuffix(" who had raised it.")
    left, right = (*STRANGER, cut + " what it weighed."), (*OTHER[:2], cut + " how old it was.", OTHER[2])
    (region,) = regions(left, right)
    assert left_text(region, left) == cut
    assert region.kind is RegionKind.VERBATIM


def test_a_changed_sentence_inside_a_copy_does_not_divide_it() -> None:
    """One edited region instead of two verbatim ones."""
    changed = (*STORY[:3], "Later it was hanging in a chapel.", *STORY[4:])
    (region,) = regions((*STRANGER, *STORY), (*changed, *OTHER))
    assert region.kind is RegionKind.EDITED
    assert left_text(region, (*STRANGER, *STORY)).startswith("The ferry Gudrun")
    assert left_text(region, (*STRANGER, *STORY)).endswith("the bishop")


def test_retold_sentences_are_one_region() -> None:
    """Order and words changed throughout; the strangers on both sides stay out."""
    left, right = (*STRANGER, *STORY[:4], OTHER[0]), (OTHER[1], *RETOLD, OTHER[2])
    (region,) = regions(left, right)
    assert region.kind is RegionKind.REWRITTEN
    assert left_text(region, left).startswith("The ferry Gudrun")
    assert left_text(region, left).endswith("who had raised it")
    assert region.right_span.of(" ".join(right)).startswith("Before dawn")
    assert 0 < region.similarity < 1


def test_a_stretch_that_condenses_scattered_text_is_a_summary() -> None:
    """A few sentences answer to sentences that stand far apart in a long text."""
    filler = [f"{sentence[:-1]} ({number})." for number, sentence in enumerate((*STRANGER, *OTHER) * 2)]
    kept = iter(filler)
    scattered = tuple(part for sentence in STORY[:4] for part in (sentence, next(kept), next(kept), next(kept)))
    short = (
        "Before dawn the ferry Gudrun struck the Hollin breakwater and lost her bell.",
        "Odd Grimsey hid the winch; a Dunmore cheesemaker lent a herring net, barrels and a compass.",
        "Nobody would say who had raised the bell to the chapel rafters.",
    )
    found = regions(scattered, short)
    assert [region.kind for region in found] == [RegionKind.SUMMARISED]
    assert len(found[0].left) >= 3 * len(found[0].right)


def test_exchanging_the_texts_exchanges_the_sides() -> None:
    """Nothing depends on which text is left."""
    left, right = parsed("a", *STRANGER, *STORY), parsed("b", *RETOLD, *STORY[4:], *OTHER)
    assert [region.turned() for region in reused_regions(right, left)] == reused_regions(left, right)


def test_a_passage_belongs_to_the_region_that_holds_most_of_it() -> None:
    """Verbatim and rewritten passages find their region; a passage outside all of them has none."""
    left, right = parsed("a", *STORY[:4], *STRANGER), parsed("b", *OTHER, *RETOLD)
    aligned = shared_passages(left, right)
    passages = aligned + rewritten_passages(left, right, aligned, 0.4)
    found = reused_regions(left, right)
    assert passages
    assert set(region_of(passages, found)) == {0}
    assert region_of(passages, []) == [None] * len(passages)
    assert region_of([], found) == []


def test_page_furniture_takes_part() -> None:
    """Regions are about all words of the page, also those that clues leave aside."""
    text = "Read more: " + " ".join(STORY)
    (region,) = regions((text,), (text,))
    assert region.left.start == 0


@pytest.mark.parametrize(
    "text",
    [
        "gudrun " * 50_000,
        "The bell rang over Hollin again. " * 10_000,
        " ".join(f"word{number % 997}x{number // 997}" for number in range(50_000)),
        ". ".join(f"bell{number % 50} winch{number % 7}" for number in range(20_000)),
    ],
    ids=["one word", "one sentence", "one endless line", "few words in many sentences"],
)
def test_giant_repetitive_texts_are_answered_within_bounds(text: str) -> None:
    """Hundreds of kilobytes against themselves: regions that share no word, if any."""
    one, other = parse_article(Article("a", text), "en"), parse_article(Article("b", text), "en")
    words = sum(len(region.left) for region in reused_regions(one, other))
    assert words <= len(one.tokens)
