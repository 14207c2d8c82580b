"""Reference pages say what the code says."""

from __future__ import annotations

import re

import pytest
from doc_pages import DOCS
from doc_reference import (
    CLUE_HEADING,
    QUESTION_HEADING,
    clue_figures,
    cue_rows,
    python_api,
    question_figures,
    setting_rows,
    signed,
    with_figures,
)

import tracer
from tracer.candidates import CandidateSettings
from tracer.evidence import Question, shipped_weights
from tracer.pipeline import Settings
from tracer.read import ReadSettings
from tracer.story import StorySettings

CLUES = (DOCS / "reference" / "clues.md").read_text(encoding="utf-8")
SETTINGS = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
SECTIONS = dict(zip(CLUE_HEADING.findall(CLUES), CLUE_HEADING.split(CLUES)[2::2], strict=True))
TOLD = ("*Sees.*", "*Counts because.*", "*Misleads when.*", "*Example.*", "*Source.*")


def test_the_page_of_the_interface_is_up_to_date():
    """docs/reference/python-api.md is what the docstrings make; ``python tests/docs/refresh.py`` writes it anew."""
    assert (DOCS / "reference" / "python-api.md").read_text(encoding="utf-8") == python_api()


@pytest.mark.parametrize("name", tracer.__all__)
def test_every_public_name_has_a_section(name):
    assert f"\n## `{name}`\n" in python_api()


@pytest.mark.parametrize("kind", [Settings, ReadSettings, CandidateSettings, StorySettings])
def test_every_setting_is_documented_with_its_default(kind):
    section = SETTINGS.split(f"\n## `{kind.__name__}`\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    expected = list(setting_rows(kind))
    assert [row[: len(start)] for row, start in zip(rows, expected, strict=True)] == expected


def test_every_clue_is_documented_and_no_other():
    known = {name for rules in shipped_weights().questions.values() for name in rules.clues}
    assert set(SECTIONS) == known


@pytest.mark.parametrize("name", SECTIONS)
def test_a_clue_is_documented_in_full(name):
    """What it sees, why it counts, when it misleads, an example, a source, and the figures of the weights file."""
    section = SECTIONS[name].split("\n## ")[0]
    assert section.startswith("\n" + clue_figures(name))
    assert [told for told in TOLD if section.count(told) == 1] == list(TOLD)


def test_every_question_is_documented_with_its_prior():
    sections = dict(zip(QUESTION_HEADING.findall(CLUES), QUESTION_HEADING.split(CLUES)[2::2], strict=True))
    assert set(sections) == {question.value for question in Question}
    assert all(text.startswith("\n" + question_figures(name)) for name, text in sections.items())


def test_the_figures_beside_the_ledgers_are_those_of_the_file():
    weights = shipped_weights()
    assert cue_rows() in CLUES
    assert f"`prior` is {signed(weights.statement['prior'])} " in CLUES
    assert f"`per_log_word` {signed(weights.statement['per_log_word'])}" in CLUES
    assert f"version {weights.version}" in CLUES
    assert with_figures(CLUES) == CLUES


def test_links_to_clues_from_other_pages_name_clues():
    for page in DOCS.rglob("*.md"):
        for anchor in re.findall(r"clues\.md#(\w+)\)", page.read_text(encoding="utf-8")):
            assert anchor in SECTIONS, f"{page.name}: {anchor}"
