"""``tracer evaluate``: formats, files, floors, and what it refuses."""

from __future__ import annotations

import csv
import inspect
import io
import json

import pytest

from tracer.cli.commands.evaluate import ScoreOptions
from tracer.cli.score_tables import figure, interval
from tracer.evaluation import SCORES, evaluate_report

FILES = {"manifest.json", "pairs_scored.csv", "reliability.csv", "risk_coverage.csv", "scores.csv", "scores.json"}


@pytest.fixture(scope="module")
def ferry(tmp_path_factory):
    """A report of one world, and that world's truth."""
    from pathlib import Path  # noqa: PLC0415 - for this fixture alone

    from tracer.cli import main  # noqa: PLC0415

    world = Path(__file__).parents[2] / "fixtures" / "worlds" / "harbour-ferry"
    folder = tmp_path_factory.mktemp("ferry") / "report"
    assert main(["report", str(world / "articles"), "-o", str(folder)]) == 0
    return folder, world / "truth.json"


@pytest.fixture
def scored(run, ferry):
    """Runs ``tracer evaluate`` on that report."""

    def scoring(*options):
        return run("evaluate", ferry[0], "--gold", ferry[1], *options)

    return scoring


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_table_fits_its_width_and_names_what_it_is_measured_on(scored, width):
    code, out, err = scored("--width", width)
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= width
    assert "ten labelled pairs of one story" in out
    assert "Not measured" in out
    assert all(head in out for head in ("KIND.…", "CALIBRATION.…", "VALUE"))


def test_a_comparison_has_both_values(scored, ferry):
    code, out, _ = scored("--against", ferry[0], "--width", "140")
    assert code == 0
    assert "AGAINST" in out
    assert "MEASURED ON" in out
    assert "MEASURED ON" not in scored("--against", ferry[0], "--width", "80")[1]


def test_csv_has_every_score(scored):
    _, out, _ = scored("--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["score"] for row in rows] == list(SCORES)
    by_name = {row["score"]: row for row in rows}
    assert by_name["kind.accuracy"]["value"] == "1"
    assert by_name["passages.plagdet"]["value"] == ""
    assert by_name["direction.aurc"]["better"] == "less"


def test_json_has_scores_confusion_and_warnings(scored):
    _, out, _ = scored("--format", "json")
    result = json.loads(out)
    assert {row["score"] for row in result["scores"]} == set(SCORES)
    assert result["confusion"]["kind"]["statement"] == {"lineage": 0, "statement": 9, "none": 0}
    assert (result["stories"], result["warnings"]) == (1, [])


def test_markdown_has_pipe_tables(scored):
    _, out, _ = scored("--format", "markdown")
    assert out.count("|:") > 4
    assert "kind" in out


def test_files_are_written_whole_and_refused_when_there(scored, tmp_path):
    out = tmp_path / "scores"
    assert scored("-o", out)[0] == 0
    assert {path.name for path in out.iterdir()} == FILES
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    code, _, err = scored("-o", out)
    assert (code, "exists already" in err) == (4, True)
    assert scored("-o", out, "--overwrite")[0] == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first
    with (out / "pairs_scored.csv").open(encoding="utf-8", newline="") as stream:
        rows = {(row["left"], row["right"]): row for row in csv.DictReader(stream)}
    assert rows["isla-efe", "spun-digest"]["origin_right"] == "true"
    assert rows["isla-efe", "spun-digest"]["found_kind"] == "lineage"
    assert (out / "risk_coverage.csv").read_text(encoding="utf-8").splitlines()[0] == "coverage,risk,confidence,pairs"


def test_a_report_is_never_replaced(scored, ferry):
    code, _, err = scored("-o", ferry[0], "--overwrite")
    assert (code, "holds a report" in err) == (4, True)
    assert (ferry[0] / "pairs.csv").exists()


def test_plots(scored, tmp_path):
    pytest.importorskip("matplotlib")
    assert scored("-o", tmp_path / "scores", "--plots")[0] == 0
    pictures = {f"{name}.{kind}" for name in ("reliability", "risk_coverage") for kind in ("png", "svg")}
    assert {path.name for path in (tmp_path / "scores").iterdir()} == FILES | pictures


def test_plots_without_matplotlib(scored, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    code, out, err = scored("-o", tmp_path / "scores", "--plots")
    assert (code, out) == (2, "")
    assert "tracer-news[plots]" in err
    assert not (tmp_path / "scores").exists()


@pytest.fixture
def floors(tmp_path):
    def writing(text):
        path = tmp_path / "floors.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return writing


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ('"kind.accuracy" = 0.9\n[most]\n"direction.aurc" = 0.1', 0, []),
        ('"kind.accuracy" = 1.1', 5, ["kind.accuracy", "1.000", "at least 1.1"]),
        ('"passages.plagdet" = 0.1', 5, ["passages.plagdet", "not measured"]),
        ('[most]\n"calibration.p_lineage.brier" = 0', 5, ["calibration.p_lineage.brier", "at most 0"]),
        ('"kind.acuracy" = 1', 2, ["perhaps kind.accuracy", "known scores"]),
        ("= =", 3, ["neither TOML nor JSON"]),
    ],
)
def test_floors(scored, floors, text, code, said):
    """What fell short is told on standard error; the scores are printed all the same, unless the file is wrong."""
    found, out, err = scored("--floor", floors(text))
    assert found == code
    assert all(part in err for part in said), err
    assert bool(out) == (code in {0, 5})
    assert bool(err) == bool(code)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--plots"], 2, "-o DIR"),
        (["--merge-gap", "-1"], 2, "merge_gap"),
        (["--draws", "-1"], 2, "draws"),
        (["--format", "xml"], 2, "xml"),
        (["--against", "nowhere"], 3, "is no report"),
        (["--floor", "nowhere"], 3, "nowhere"),
    ],
)
def test_mistakes(scored, arguments, code, said):
    found, out, err = scored(*arguments)
    assert (found, out) == (code, "")
    assert said in err


def test_broken_gold_ends_with_three_and_names_every_line(run, ferry, tmp_path):
    gold = tmp_path / "gold.csv"
    gold.write_text("left,right,kind\nisla-efe,upi-page,copy\nisla-efe,isla-efe,none\n", encoding="utf-8")
    code, out, err = run("evaluate", ferry[0], "--gold", gold)
    assert (code, out) == (3, "")
    assert all(part in err for part in ("line 2", "'copy'", "line 3", "one article", "docs/reference/gold.md"))


def test_unknown_articles_are_a_note(run, ferry, tmp_path):
    gold = tmp_path / "gold.csv"
    gold.write_text("left,right,kind\nisla-efe,upi-page,statement\nisla-efe,upi-pag,none\n", encoding="utf-8")
    code, out, err = run("evaluate", ferry[0], "--gold", gold)
    assert code == 0
    assert "one labelled pair of one story" in out
    assert err == "note: articles of the gold that the report does not hold, not scored: upi-pag\n"


def test_no_gold_is_wrong_usage(run, ferry):
    assert run("evaluate", ferry[0])[0] == 2


def test_defaults_are_those_of_the_function():
    """The command names them itself, so that ``--help`` loads nothing heavy."""
    function = inspect.signature(evaluate_report).parameters
    assert ScoreOptions().numbers() == {name: function[name].default for name in ("merge_gap", "draws", "seed")}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.5, ".500"),
        (1.0, "1.000"),
        (0.9999, "1.000"),
        (0.0, ".000"),
        (-0.25, "−.250"),
        (12.3456, "12.346"),
        (None, "–"),
    ],
)
def test_figures(value, shown):
    assert figure(value) == shown


def test_intervals():
    assert interval(0.25, 1.0) == ".250–1.000"
    assert interval(-0.0001, 0.1) == ".000 to .100"
    assert interval(None, None) == ""
