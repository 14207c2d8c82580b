"""From labelled pairs to weights: what a pair answers, what is learnt from whom, and what is kept from whom."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from training_pairs import EXPERT, directed, labelled, mixed, newsroom

from tracer.evaluation.training.fit import Design
from tracer.evaluation.training.fitting import EASY, GOLD, HARD, Cases, answer, fitted
from tracer.evaluation.training.judged import cross_validated, judged
from tracer.evaluation.training.observed import LabelledPair
from tracer.evaluation.training.trials import leave_one_recipe_out
from tracer.evidence import Direction, Question, Weights
from tracer.evidence.direction import descent
from tracer.evidence.kind import link_kind

LEFT, RIGHT, COMMON = Direction.LEFT, Direction.RIGHT, Direction.COMMON


def fitted_to(*pairs: LabelledPair) -> Weights:
    return fitted(EXPERT, Cases(pairs), range(len(pairs)))


@cache
def fitted_to_all() -> Weights:
    return fitted_to(*mixed())


@pytest.mark.parametrize(
    ("pair", "answers"),
    [
        (labelled("lineage", LEFT, is_direct=True), (True, False, True, True)),
        (labelled("lineage", RIGHT, is_direct=False), (True, False, False, False)),
        (labelled("lineage", LEFT), (True, False, True, None)),
        (labelled("lineage", COMMON), (True, True, None, None)),
        (labelled("lineage"), (True, None, None, None)),
        (labelled("statement"), (False, None, None, None)),
        (labelled(""), (False, None, None, None)),
    ],
)
def test_what_a_label_says_to_each_question(pair: LabelledPair, answers: tuple[bool | None, ...]) -> None:
    """Yes, no, or nothing; in the order kind, origin, direction, immediacy."""
    assert tuple(answer(question, pair) for question in Question) == answers


@pytest.mark.parametrize("question", [Question.KIND, Question.ORIGIN, Question.DIRECTION])
def test_strengths_times_weights_are_the_ledger(question: Question) -> None:
    """What the fit sees of a pair is what a report weighs: the same log-odds to rounding error."""
    design = Design.of(EXPERT.questions[question], has_prior=True)
    for pair in newsroom("hard"):
        line = descent(pair.left, pair.right, pair.passages, pair.overlap, EXPERT)
        kind = link_kind(pair.left, pair.right, pair.passages, pair.overlap, EXPERT)
        ledger = {Question.KIND: kind.ledger, Question.ORIGIN: line.origin, Question.DIRECTION: line.direction}
        row = design.row(pair.strengths(question, EXPERT))[None, :]
        assert design.logits(row, design.centre)[0] == pytest.approx(ledger[question].logit, abs=1e-9)


def test_immediacy_is_asked_of_pairs_with_a_direction() -> None:
    """Else it is an error."""
    assert labelled("lineage", LEFT).strengths(Question.IMMEDIACY, EXPERT) is not None
    with pytest.raises(ValueError, match="needs a direction"):
        labelled("lineage", COMMON).strengths(Question.IMMEDIACY, EXPERT)


def test_signs_of_origin_follow_the_weights_of_direction() -> None:
    """The origin of a case is seen anew under other weights; other questions are seen once."""
    rules = EXPERT.questions[Question.DIRECTION]
    mute = {name: replace(rule, weight=0.0) for name, rule in rules.clues.items()}
    other = replace(EXPERT, questions={**EXPERT.questions, Question.DIRECTION: replace(rules, clues=mute)})
    cases = Cases(mixed())
    marked = [
        index
        for index in range(len(cases.pairs))
        if cases.strengths(index, Question.ORIGIN, EXPERT).keys() & {"one_sided_marks", "one_sided_scars"}
    ]
    assert marked
    for index in marked:
        seen = cases.strengths(index, Question.ORIGIN, other)
        assert not seen.keys() & {"one_sided_marks", "one_sided_scars", "one_sided_slips"}
        assert cases.strengths(index, Question.KIND, EXPERT) is cases.strengths(index, Question.KIND, other)


def test_fitted_weights_are_the_experts_moved() -> None:
    """The same clues and signs, caps in proportion, no prior for direction; an ensemble of one member per filler."""
    weights = fitted_to_all()
    for question, expert in EXPERT.questions.items():
        for rules in (weights.questions[question], *weights.ensemble[question]):
            assert set(rules.clues) == set(expert.clues)
            assert all(rules.clues[name].weight * rule.weight >= 0 for name, rule in expert.clues.items())
    assert weights.questions[Question.DIRECTION].prior == 0
    assert weights.questions[Question.DIRECTION] != EXPERT.questions[Question.DIRECTION]
    assert len(weights.ensemble[Question.DIRECTION]) == 2
    assert (weights.cues, weights.statement) == (EXPERT.cues, EXPERT.statement)


def test_the_same_pairs_give_the_same_weights() -> None:
    """To the last digit."""
    assert fitted_to(*mixed()) == fitted_to_all()


def test_nothing_to_learn_from_leaves_the_experts_weights() -> None:
    """No pairs at all, and questions that no pair answers."""
    assert fitted_to().questions == EXPERT.questions
    unasked = fitted_to(*(pair for pair in mixed() if pair.label.direction is None))
    assert unasked.questions[Question.DIRECTION] == EXPERT.questions[Question.DIRECTION]


def test_one_filler_alone_has_no_ensemble_without_it() -> None:
    """A member needs pairs that are not of its filler."""
    assert fitted_to(*newsroom("easy")).ensemble[Question.KIND] == ()


def test_every_pair_is_judged_once_by_a_fit_without_its_group() -> None:
    """Pairs of one group alone are judged by the expert's weights: nothing is left to fit to."""
    cases = Cases([pair for pair in mixed() if pair.sample == GOLD])
    found = [entry.pair for entry in cross_validated(EXPERT, cases)]
    assert sorted(map(id, found)) == sorted(map(id, cases.pairs))
    lone = Cases([replace(pair, group="one") for pair in cases.pairs])
    for entry in cross_validated(EXPERT, lone):
        assert entry == judged(entry.pair, fitted(EXPERT, lone, []))


def test_a_pair_that_is_no_lineage_counts_without_its_origin() -> None:
    """The descent of a labelled pair is given all the same."""
    for entry in (judged(pair, fitted(EXPERT, Cases(mixed()), [])) for pair in newsroom("hard")):
        assert entry.verdict_counts == (entry.kind.verdict.value == "lineage")
        assert (entry.descent is not None) >= (entry.pair.label.direction is not None)


def renamed(pairs: list[LabelledPair], recipe: str) -> list[LabelledPair]:
    return [replace(pair, recipe=recipe) for pair in pairs]


def test_a_recipe_is_judged_by_models_that_never_met_it() -> None:
    """Trained on that recipe alone, or together with others, a model for its pairs is the expert's."""
    pairs = directed(mixed())
    test = renamed(pairs, "spin")
    for recipe in ("spin", "spin+cut", "cut+spin"):
        trials = list(leave_one_recipe_out(EXPERT, Cases(renamed(pairs, recipe)), test))
        assert [trial.pair for trial in trials] == test
        for trial in trials:
            line = descent(trial.pair.left, trial.pair.right, trial.pair.passages, trial.pair.overlap, EXPERT)
            assert (trial.recipe, trial.p_left) == ("spin", line.direction.probability)


def test_a_recipe_is_judged_by_models_that_met_the_others() -> None:
    """Their pairs move the weights."""
    pairs = directed(mixed())
    told = {
        recipe: [trial.p_left for trial in leave_one_recipe_out(EXPERT, Cases(renamed(pairs, recipe)), test)]
        for recipe in ("spin", "cut")
        for test in (renamed(pairs, "spin"),)
    }
    assert told["spin"] != told["cut"]


def test_only_pairs_of_one_recipe_and_a_direction_are_tried() -> None:
    """Several recipes, none, or a common source: nothing to judge."""
    pairs = directed(mixed())[:2]
    train = Cases(mixed())
    for test in (renamed(pairs, ""), renamed(pairs, "cut+spin"), [labelled("lineage", COMMON)]):
        assert list(leave_one_recipe_out(EXPERT, train, test)) == []


def test_samples_keep_their_names() -> None:
    """Easy and hard fillers are two samples."""
    assert {pair.sample for pair in newsroom("easy")} == {EASY}
    assert {pair.sample for pair in newsroom("hard")} == {HARD}
