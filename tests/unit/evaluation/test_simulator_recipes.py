"""Each recipe does what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from base_articles import base_text, grown, source_lines

from tracer.evaluation.simulator import RECIPES
from tracer.evaluation.simulator.drafts import Line, own_words, quoted_words, units_of
from tracer.evaluation.simulator.draws import draws_for
from tracer.evaluation.simulator.lexicon import lexicon
from tracer.evaluation.simulator.quoting import move_attribution, quoted_afresh, restored, spoken_words, trimmed
from tracer.evaluation.simulator.recipes import Desk
from tracer.evaluation.simulator.rewriting import (
    change_that,
    drop_modifiers,
    join_sentences,
    move_clause,
    spell_numbers,
    split_sentence,
    turn_voice,
)
from tracer.evaluation.simulator.slips import mended, misdecoded, scanned, with_typo

SOURCE = source_lines()
OTHER = source_lines("lost-satellite")
FILLER = units_of(source_lines("hill-school"))
SEEDS = range(12)


def made(name: str, seed: int, sources: tuple[tuple[Line, ...], ...] = (SOURCE,)) -> tuple[Line, ...]:
    stock = list(FILLER)

    def filler(number: int):
        taken = [stock.pop(0) for _ in range(min(number, len(stock)))]
        return [tuple(replace(line, path=()) for line in unit) for unit in taken]

    statement = {line.origins[0]: unit for unit in base_text().units for line in unit}
    return RECIPES[name].write(Desk(sources, lexicon("a"), filler, statement, draws_for(seed)))


def origins(lines: tuple[Line, ...]) -> list[str]:
    return [origin for line in lines for origin in line.origins]


def test_there_are_ten_recipes_and_more():
    assert len(RECIPES) >= 10
    assert all(recipe.weight > 0 and recipe.write.__doc__ for recipe in RECIPES.values())


@pytest.mark.parametrize("name", RECIPES)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_line_says_where_it_comes_from(name, seed):
    """No line is without origin, quotation marks pair up, and what shares an origin shares words."""
    text_of = {line.origins[0]: line for line in (*SOURCE, *(line for unit in FILLER for line in unit))}
    lines = made(name, seed)
    assert lines
    depth = 0
    for line in lines:
        assert line.origins
        known = {word for origin in line.origins for word in own_words(text_of[origin]) + quoted_words(text_of[origin])}
        assert known & set(own_words(line) + quoted_words(line))
        for char in line.text:
            depth += (char == "“") - (char == "”")
            assert depth in (0, 1)
    assert depth == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_cut_keeps_the_top_in_order(seed):
    assert origins(made("cut", seed)) == origins(SOURCE)[: len(origins(made("cut", seed)))]
    assert len(made("cut", seed)) < len(SOURCE)


@pytest.mark.parametrize("seed", SEEDS)
def test_verbatim_and_style_change_no_words(seed):
    assert made("verbatim", seed) == made("style", seed) == SOURCE


@pytest.mark.parametrize("seed", SEEDS)
def test_an_extended_copy_is_longer_than_its_source(seed):
    lines = made("extended", seed)
    assert sum(len(line.text) for line in lines) > sum(len(line.text) for line in SOURCE)
    assert set(origins(SOURCE)) <= set(origins(lines))


@pytest.mark.parametrize("seed", SEEDS)
def test_local_adds_sentences_of_its_own(seed):
    added = [line for line in made("local", seed) if not line.path]
    assert added
    assert not set(origins(tuple(added))) & set(origins(SOURCE))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_merger_takes_from_all_sources_and_no_sentence_twice(seed):
    third = tuple(replace(line, path=("copy",)) for line in SOURCE)
    lines = made("merge", seed, (SOURCE, OTHER, third))
    carriers = {(origin, line.path) for line in lines for origin in line.origins}
    assert len({origin for origin, _ in carriers}) == len(carriers)
    assert set(origins(lines)) & set(origins(SOURCE))
    assert set(origins(lines)) & set(origins(OTHER))


@pytest.mark.parametrize("seed", SEEDS)
def test_spin_swaps_many_words_and_no_quoted_one(seed):
    before = {line.origins: line for line in SOURCE}
    lines = made("spin", seed)
    changed = [line for line in lines if line.text != before[line.origins].text]
    assert len(changed) > len(lines) / 2
    assert all(quoted_words(line) == quoted_words(before[line.origins]) for line in lines)


@pytest.mark.parametrize("name", ["human", "lead", "translation", "reordered"])
def test_rewriters_change_words(name):
    before = {line.origins: line.text for line in SOURCE}
    changed = [any(before.get(line.origins) != line.text for line in made(name, seed)) for seed in SEEDS]
    assert sum(changed) > len(changed) / 2


def test_a_digest_is_short():
    assert all(len(made("digest", seed)) < 0.7 * len(SOURCE) for seed in SEEDS)


def test_reordered_tells_in_another_order():
    positions = {origin: place for place, origin in enumerate(origins(SOURCE))}
    orders = [[positions[origin] for origin in origins(made("reordered", seed))] for seed in SEEDS]
    assert sum(order != sorted(order) for order in orders) > len(orders) / 2


def test_quotes_are_trimmed_and_restored():
    whole = next(unit for unit in base_text().units if len(quoted_words(unit[0])) > 12)
    short = next(made for seed in range(30) if (made := trimmed(whole, draws_for(seed))) != whole)
    assert len(spoken_words(short)) < len(spoken_words(whole))
    carried = tuple(replace(line, path=("root",)) for line in short)
    back = restored([carried], {line.origins[0]: whole for line in whole})
    assert spoken_words(back[0]) == spoken_words(whole)


@pytest.mark.parametrize("layout", ["marks", "block", "transcript"])
def test_a_statement_quoted_afresh_keeps_its_words(layout):
    unit = next(unit for unit in base_text().units if len(quoted_words(unit[0])) > 12)
    lines = quoted_afresh(unit, "Veitch", draws_for(3), layout)
    said = " ".join(word for line in lines for word in quoted_words(line)).removeprefix("veitch ")
    assert said[:20] in " ".join(word for line in unit for word in quoted_words(line))
    assert ("“" in lines[-1].text) == (layout == "marks")


def test_attribution_moves_both_ways():
    behind = Line("“The fish will turn round,” said Mr. Strickland.", ("x",))
    front = move_attribution(behind, draws_for(1))
    assert front.text.startswith("Mr. Strickland ")
    assert front.text.endswith("“The fish will turn round.”")
    assert move_attribution(front, draws_for(1)).text.startswith("“The fish will turn round,” ")


@pytest.mark.parametrize(
    ("edit", "text", "made"),
    [
        (move_clause, "After the long vote, all of them went home.", "All of them went home after the long vote."),
        (move_clause, "The council will meet to discuss the plan on Tuesday.", None),
        (turn_voice, "The new bridge was opened by the mayor.", "The mayor opened the new bridge."),
        (spell_numbers, "It took 7 days.", "It took seven days."),
        (spell_numbers, "It took seven days.", "It took 7 days."),
        (change_that, "She said that the boat was late.", "She said the boat was late."),
        (drop_modifiers, "The bridge stood still.", "The bridge stood still."),
    ],
)  # fmt: skip
def test_edits_of_sentences(edit, text, made):
    result = edit(text, draws_for(0))
    assert result == made if made else result.startswith("On Tuesday")


def test_sentences_are_split_and_joined():
    line = Line("The council will meet on the second of May, and it will discuss the plan of the harbour then.", ("x",))
    parts = split_sentence(line)
    assert [part.text for part in parts] == [
        "The council will meet on the second of May.",
        "It will discuss the plan of the harbour then.",
    ]
    assert all(part.origins == ("x",) for part in parts)
    first, second = Line("The boat left early.", ("x",)), Line("It was full.", ("y",))
    joined = join_sentences(first, second, draws_for(0))
    assert joined is not None
    assert joined.origins == ("x", "y")
    assert join_sentences(first, replace(second, path=("other",)), draws_for(0)) is None


def test_a_typo_can_be_put_right():
    for seed in SEEDS:
        slipped = with_typo(SOURCE[0], draws_for(seed))
        assert mended(slipped).text == SOURCE[0].text
    assert any(with_typo(SOURCE[0], draws_for(seed)).text != SOURCE[0].text for seed in SEEDS)


def test_noise_of_machines():
    assert misdecoded(Line("a café – closed", ("x",))).text == "a cafÃ© â€“ closed"
    assert scanned(SOURCE[0], draws_for(2), 1.0).text != SOURCE[0].text


def test_updates_stay_with_their_outlet_and_are_marked():
    truth = grown(0, "easy", "update")
    outlet = {article.id: article.outlet for article in truth.articles}
    marked = [pair for pair in truth.truth.pairs if pair.get("version")]
    assert marked
    assert all(outlet[pair["left"]] == outlet[pair["right"]] for pair in marked)


def test_credits_are_kept_stripped_and_false():
    """Over many stories all three occur, and copies keep no credit more often than they keep one."""
    runs = [grown(seed, "easy", "cut", unseen=0.0) for seed in range(12)]
    articles = sum(len(run.articles) for run in runs)
    credited = [edge for run in runs for edge in run.truth.edges if edge["relation"] == "credits"]
    lies = [edge for edge in credited if edge["source"].startswith("credited:")]
    assert lies
    assert 0 < len(credited) < articles / 2
