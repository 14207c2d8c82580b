"""Every clue: which pair shows it, which way it points, and that code and weights file name the same clues."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
from evidence_prose import PAIRS, both_ways, weights_of

import tracer
from tracer.evidence import Comparison, Question, compare, shipped_weights
from tracer.evidence.weights import weights_from

SHOWN = {
    Question.KIND: {
        "own_words": "duplicate",
        "quoted_from_other": "lifted by name",
        "quoted_one_side": "lifted",
        "third_party_words": "statement",
        "little_shared": "commonplace",
        "nothing_own": "statement",
        "names_other": "credited",
        "name_nearby": "named in passing",
        "names_elsewhere": "credited far away",
        "same_wire": "same wire",
        "same_source_here": "same source here",
        "same_source": "same source",
        "agency_helped": "one wire",
        "shared_typo": "same slip",
        "agency_itself": "the agency",
        "self_named": "told the outlet",
        "rewritten_sentences": "retold",
        "outlet_said_both": "told an outlet",
        "outlet_said_one": "told an outlet, says one",
        "given_statement": "a statement",
    },
    Question.ORIGIN: {
        "same_wire": "same wire",
        "same_source_here": "same source here",
        "same_source": "same source",
        "agency_helped": "one wire",
        "agency_itself": "the agency",
        "names_other": "credited",
        "name_nearby": "named in passing",
        "names_elsewhere": "credited far away",
        "additions_both": "both add",
        "both_compile": "compilers",
        "one_sided_marks": "spun",
        "one_sided_scars": "scarred",
        "one_sided_slips": "misspelt",
        "same_agency": "same wire",
        "silent_reprint": "uncredited",
        "published_apart": "dated",
        "outlet_said_both": "told a third outlet",
        "outlet_said_one": "told a third outlet, says one",
        "quoted_words_of": "partly lifted",
        "reordered": "moved",
        "self_named": "told the outlet",
        "style_entropy": "two hands",
        "quotes_fuller_both": "both quote more",
        "given_statement": "a statement",
    },
    Question.DIRECTION: {
        "substitution": "spun",
        "article_scar": "scarred",
        "private_typo": "misspelt",
        "introduction": "introduced",
        "cohesion": "at home",
        "glyph_scar": "wrong accents",
        "splitter_scar": "cut in two",
        "names_other": "credited",
        "name_nearby": "named in passing",
        "wire_credit": "one wire",
        "quoted_words_of": "partly lifted",
        "time": "dated",
        "names_elsewhere": "credited far away",
        "self_named": "told the outlet",
        "given_statement": "a statement",
        "given_agency": "an agency's",
    },
    Question.IMMEDIACY: {
        "given_statement": "a statement",
        "names_other": "credited",
        "name_nearby": "scarred and named in passing",
        "wire_text": "agency credited",
        "quote_restored": "quote restored",
        "names_elsewhere": "named far away, and earlier",
    },
}
CASES = [(question, clue, pair) for question, clues in SHOWN.items() for clue, pair in clues.items()]
ELSEWHERE = {(Question.ORIGIN, "third_witness"), (Question.ORIGIN, "median_test")}
"""Clues with tests of their own: they need a third article."""


@cache
def compared(pair: str) -> Comparison:
    return compare(*PAIRS[pair], 1.0)


def test_every_listed_clue_can_be_seen() -> None:
    """No weight without a pair in these tests that shows its clue."""
    listed = {(question, clue) for question, rules in shipped_weights().questions.items() for clue in rules.clues}
    assert listed == {(question, clue) for question, clue, _ in CASES} | ELSEWHERE


@pytest.mark.parametrize(("question", "clue", "pair"), CASES, ids=[f"{q.value}-{c}" for q, c, _ in CASES])
def test_a_clue_is_seen_where_it_should_be(question: Question, clue: str, pair: str) -> None:
    """With the sign of its weight; for direction, these pairs all have the left article upstream."""
    weight = weights_of(compared(pair), question)[clue]
    rule = shipped_weights().questions[question].clues[clue]
    if clue == "one_sided_marks" and question is Question.ORIGIN:
        assert 0 < abs(weight) <= rule.cap
    else:
        assert weight * rule.weight > 0
    assert abs(weight) <= rule.cap + 1e-9


@pytest.mark.parametrize(("question", "clue", "pair"), CASES, ids=[f"{q.value}-{c}" for q, c, _ in CASES])
def test_nothing_of_the_kind_is_seen_in_a_plain_duplicate(question: Question, clue: str, pair: str) -> None:
    """Two equal texts without outlet, date or credit show shared words and nothing else."""
    if clue != "own_words":
        assert clue not in weights_of(compared("duplicate"), question)


def test_the_code_names_only_clues_that_have_a_weight() -> None:
    """Every clue name that stands in an observation of the sources is listed under some question."""
    listed = {clue for rules in shipped_weights().questions.values() for clue in rules.clues}
    named = set(_observed_names())
    assert named
    assert named <= listed


def _observed_names() -> Iterator[str]:
    root = Path(tracer.__file__).parent
    for path in [*sorted((root / "evidence").glob("*.py")), *sorted((root / "graph").glob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                if node.func.id in {"Observation", "_seen"} and isinstance(first, ast.Constant):
                    yield str(first.value)


@pytest.mark.parametrize("pair", PAIRS)
def test_clues_point_into_the_texts(pair: str) -> None:
    """Spans lie within the raw texts, and every clue says something."""
    left, right = PAIRS[pair]
    for clue in compared(pair).clues():
        assert clue.sentence
        assert clue.left is None or clue.left.stop <= len(left.article.text)
        assert clue.right is None or clue.right.stop <= len(right.article.text)


@pytest.mark.parametrize("pair", PAIRS)
def test_exchanging_the_sides_turns_every_direction_clue_about(pair: str) -> None:
    """The same clues with opposite signs; those of other questions do not change by more than a hair."""
    forwards, backwards = both_ways(*PAIRS[pair])
    assert weights_of(backwards, Question.DIRECTION) == pytest.approx(
        {clue: -weight for clue, weight in weights_of(forwards, Question.DIRECTION).items()}, abs=1e-9
    )
    assert weights_of(backwards, Question.ORIGIN) == pytest.approx(weights_of(forwards, Question.ORIGIN), abs=1e-9)
    assert weights_of(backwards, Question.KIND) == pytest.approx(weights_of(forwards, Question.KIND), abs=0.05)


def test_the_weights_file_is_complete() -> None:
    """All questions, caps and weights that mean something, probabilities for all cues; a missing part is an error."""
    weights = shipped_weights()
    assert set(weights.questions) == set(Question)
    assert weights.questions[Question.DIRECTION].prior == 0
    assert all(rule.cap >= 0 and rule.weight for rules in weights.questions.values() for rule in rules.clues.values())
    assert all(0 < value < 1 for value in weights.cues.values())
    assert {field.name for field in fields(weights)} >= {"version", "origin", "statement"}
    with pytest.raises(KeyError):
        weights_from({"version": "1", "questions": {}})


def test_size_says_nothing_on_direction() -> None:
    """A cut and its source: the longer one may as well be the copy, extended."""
    found = compared("cut")
    assert found.overlap.containment_right > found.overlap.containment_left
    assert weights_of(found, Question.DIRECTION) == {}
    assert found.distance is None
