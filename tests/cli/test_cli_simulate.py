"""``tracer simulate`` on the command line."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def base(worlds):
    return worlds.parent / "base-texts"


def _read(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_folder_is_written_and_told(run, base, tmp_path):
    code, out, err = run("simulate", base, "-o", tmp_path / "out", "--stories", 2, "--articles", "4-6")
    assert (code, out) == (0, "")
    assert "articles in 2 stories" in err
    assert sorted(_read(tmp_path / "out")) == ["articles.jsonl", "simulation.json", "truth.json"]
    truth = json.loads((tmp_path / "out" / "truth.json").read_text(encoding="utf-8"))
    assert [4 <= len(story["articles"]) <= 6 for story in truth["stories"]] == [True, True]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(run, base, tmp_path):
    for name, seed in (("one", 3), ("two", 3), ("other", 4)):
        assert run("simulate", base, "-o", tmp_path / name, "--stories", 1, "--seed", seed)[0] == 0
    assert _read(tmp_path / "one") == _read(tmp_path / "two")
    assert _read(tmp_path / "one") != _read(tmp_path / "other")


def test_recipes_filler_and_lexicon_are_obeyed(run, base, tmp_path):
    wanted = ("--recipes", "cut,spin=2", "--filler", "hard", "--lexicon", "b", "--unseen", 0)
    assert run("simulate", base, "-o", tmp_path / "out", "--stories", 2, *wanted)[0] == 0
    pairs = json.loads((tmp_path / "out" / "truth.json").read_text(encoding="utf-8"))["pairs"]
    lineage = [pair for pair in pairs if pair["kind"] == "lineage"]
    assert lineage
    assert {name for pair in lineage for name in pair["recipe"].split("+")} <= {"cut", "spin", "verbatim"}
    assert {(pair["filler"], pair["lexicon"]) for pair in pairs} == {("hard", "b")}


def test_fewer_stories_than_asked_for_are_told(run, base, tmp_path):
    code, _, err = run("simulate", base, "-o", tmp_path / "out", "--stories", 500)
    assert code == 0
    assert "500 were asked for; base texts ran out" in err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--articles", "many"), "--articles must be a range"),
        (("--articles", "1-3"), "articles per story"),
        (("--recipes", "boil"), "no recipe is called 'boil'"),
        (("--recipes", "cut=much"), "must be a number"),
        (("--filler", "soft"), "filler must be one of"),
        (("--unseen", "2"), "unseen must lie in"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_read(run, tmp_path, options, told):
    code, out, err = run("simulate", tmp_path / "missing", "-o", tmp_path / "out", *options)
    assert (code, out) == (2, "")
    assert told in err
    assert not (tmp_path / "out").exists()


def test_texts_that_carry_no_story_end_with_3(run, tmp_path):
    (tmp_path / "short.txt").write_text("One sentence only, and nothing else.", encoding="utf-8")
    code, _, err = run("simulate", tmp_path / "short.txt", "-o", tmp_path / "out")
    assert code == 3
    assert "no base text can carry a story" in err
    assert not (tmp_path / "out").exists()


def test_what_stands_there_is_replaced_only_when_asked_and_ours(run, base, tmp_path):
    out = tmp_path / "out"
    assert run("simulate", base, "-o", out, "--stories", 1)[0] == 0
    before = _read(out)
    assert run("simulate", base, "-o", out, "--stories", 1, "--seed", 1)[0] == 4
    assert _read(out) == before
    assert run("simulate", base, "-o", out, "--stories", 1, "--seed", 1, "--overwrite")[0] == 0
    assert _read(out) != before
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert run("simulate", base, "-o", out, "--stories", 1, "--overwrite")[0] == 4
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_another_language_grows_nothing(run, base, tmp_path):
    code, _, err = run("simulate", base, "-o", tmp_path / "out", "--language", "fr")
    assert code == 3
    assert "English" in err
