"""Floors: how they are written, and when they are not kept."""

from __future__ import annotations

import json

import pytest

from tracer.domain import InputError, SettingsError, TracerError
from tracer.evaluation import SCORES, Floor, Score, fallen, read_floors

WRITTEN = [
    '"kind.accuracy" = 0.5\n[most]\n"kind.false_lineage_on_none" = 0.1\n',
    "[least]\nkind.accuracy = 0.5\n[most]\nkind.false_lineage_on_none = 0.1\n",
    json.dumps({"least": {"kind.accuracy": 0.5}, "most": {"kind.false_lineage_on_none": 0.1}}),
    json.dumps({"kind": {"accuracy": 0.5}, "most": {"kind": {"false_lineage_on_none": 0.1}}}),
]


@pytest.fixture
def written(tmp_path):
    def writing(text):
        path = tmp_path / "floors.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return writing


@pytest.mark.parametrize("text", WRITTEN)
def test_ways_to_write_floors(written, text):
    assert read_floors(written(text)) == (
        Floor("kind.accuracy", 0.5),
        Floor("kind.false_lineage_on_none", 0.1, most=True),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '"kind.acuracy" = 0.5',
            ["no score 'kind.acuracy'", "perhaps kind.accuracy", "known scores:", "passages.plagdet"],
        ),
        ('"kind.accuracy" = "high"', ["is no number"]),
        ('"kind.accuracy" = true', ["is no number"]),
        ('"kind.accuracy" = nan', ["is no number"]),
        ('[most]\n"kind.accuracy" = 0.5', ["more is better", "under least"]),
        ('"direction.aurc" = 0.5', ["less is better", "under most"]),
        ("", ["no floor"]),
        ('"kind.x" = 1\n"kind.y" = 1', ["'kind.x'", "'kind.y'"]),
    ],
)
def test_floors_that_make_no_sense(written, text, said):
    with pytest.raises(SettingsError) as raised:
        read_floors(written(text))
    assert all(part in str(raised.value) for part in said), str(raised.value)


@pytest.mark.parametrize("text", ["{", "= 1", "[1]"])
def test_a_file_that_is_neither_toml_nor_json(written, text):
    with pytest.raises(TracerError):
        read_floors(written(text))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_floors(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("floor", "value", "kept"),
    [
        (Floor("kind.accuracy", 0.5), 0.5, True),
        (Floor("kind.accuracy", 0.5), 0.49, False),
        (Floor("kind.accuracy", 0.5), None, False),
        (Floor("direction.aurc", 0.1, most=True), 0.1, True),
        (Floor("direction.aurc", 0.1, most=True), 0.11, False),
        (Floor("direction.aurc", 0.1, most=True), None, False),
    ],
)
def test_a_floor_is_kept_when_the_score_reaches_it(floor, value, kept):
    """One that cannot be measured is not kept."""
    assert fallen((floor,), {floor.name: Score(floor.name, value)}) == ([] if kept else [floor])


def test_every_score_says_what_it_is():
    assert all(kind.meaning and kind.measured_on for kind in SCORES.values())
    assert all(name == kind.name for name, kind in SCORES.items())
