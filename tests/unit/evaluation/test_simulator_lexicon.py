"""The synonym halves, how words are inflected, and how they are swapped."""

from __future__ import annotations

import pytest

from tracer.evaluation.simulator.drafts import Line
from tracer.evaluation.simulator.draws import draws_for
from tracer.evaluation.simulator.lexicon import HALVES, inflected, lexicon
from tracer.evaluation.simulator.substitution import EDITOR, SPINNER, Manner, mended_articles, swap_words, swapped

ALL = Manner(rate=1.0)


def test_the_halves_are_large_and_share_no_form():
    sets = [synonyms for name in HALVES for synonyms in lexicon(name).sets]
    assert len(sets) >= 500
    assert not lexicon("a").forms.keys() & lexicon("b").forms.keys()


@pytest.mark.parametrize("name", HALVES)
def test_no_form_has_two_meanings_in_its_half(name):
    """Every form stands in one set only, so that no word turns into another set's."""
    homes: dict[str, int] = {}
    for number, synonyms in enumerate(lexicon(name).sets):
        for word in synonyms.fluent + synonyms.awkward:
            for form in word:
                assert homes.setdefault(form, number) == number, form


@pytest.mark.parametrize("name", HALVES)
def test_every_set_offers_a_choice(name):
    for synonyms in lexicon(name).sets:
        assert synonyms.fluent
        assert len(synonyms.fluent) + len(synonyms.awkward) > 1
        assert len({len(word) for word in synonyms.fluent + synonyms.awkward}) == 1


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("announce", ("announce", "announces", "announced", "announcing", "announced")),
        ("begin", ("begin", "begins", "began", "beginning", "begun")),
        ("carry_on", ("carry on", "carries on", "carried on", "carrying on", "carried on")),
        ("stop", ("stop", "stops", "stopped", "stopping", "stopped")),
        ("reach", ("reach", "reaches", "reached", "reaching", "reached")),
        ("agree", ("agree", "agrees", "agreed", "agreeing", "agreed")),
        ("visit", ("visit", "visits", "visited", "visiting", "visited")),
        ("die", ("die", "dies", "died", "dying", "died")),
        ("defer", ("defer", "defers", "deferred", "deferring", "deferred")),
    ],
)
def test_verbs(word, forms):
    assert inflected("verbs", word) == forms


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("city", ("city", "cities")),
        ("boy", ("boy", "boys")),
        ("child", ("child", "children")),
        ("loss", ("loss", "losses")),
        ("rail_service", ("rail service", "rail services")),
    ],
)
def test_nouns(word, forms):
    assert inflected("nouns", word) == forms


def test_other_words_have_one_form():
    assert inflected("adverbs", "at_once") == ("at once",)


def test_quotations_and_names_are_left_alone():
    line = Line("“We will help,” said Ms. Help, who will help the Big Harbour fund.", ("x",))
    swapped_line = swap_words(line, lexicon("a"), ALL, draws_for(1))
    assert swapped_line.text.startswith("“We will help,” said Ms. Help, who will ")
    assert "the Big Harbour fund" in swapped_line.text
    assert "who will help " not in swapped_line.text


def test_an_editor_swaps_common_words_for_common_and_rare_for_common():
    """Awkward words go, and none comes: no model may learn that the rarer reading is always the copy's."""
    awkward = {form for s in lexicon("a").sets for word in s.awkward for form in word}
    text = "They will commence to scrutinise the plan and then will examine it."
    for seed in range(20):
        made = swapped(text, lexicon("a"), ALL, draws_for(seed))
        assert not awkward & set(made.rstrip(".").split())


def test_a_spinner_leaves_scars_and_an_editor_does_not():
    text = "It was a big mistake and a dangerous storm, a serious problem and an easy success."
    spun = [swapped(text, lexicon("a"), SPINNER, draws_for(seed)) for seed in range(40)]
    edited = [swapped(text, lexicon("a"), EDITOR, draws_for(seed)) for seed in range(40)]
    assert any(mended_articles(made) != made for made in spun)
    assert all(mended_articles(made) == made for made in edited)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("an global plan", "a global plan"),
        ("a old bus", "an old bus"),
        ("a hour", "an hour"),
        ("an university", "a university"),
        ("An local idea", "A local idea"),
    ],
)
def test_articles_are_mended(text, mended):
    assert mended_articles(text) == mended


def test_an_editor_leaves_other_parts_of_speech():
    """``help`` after an article is a noun, and the set is one of verbs."""
    for seed in range(20):
        assert swapped("the help that came", lexicon("a"), ALL, draws_for(seed)).startswith("the help ")
