"""What the commands print: formats, widths, colour, and that hostile text stays text."""

import csv
import io
import json
import re

import pytest
from rich.cells import cell_len

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
EVIL = (
    "\x1b[31mred\x1b[0m \x1b]0;owned\x07 \u202egnp.exe \x9b2J \u2066x\u2069 \x00\x08\x7f \ufeff| <script> `code` =cmd()"
)
BODY = (
    "The heron keepers of Lowmarsh counted forty nests on Friday and then {evil} lost count when a barge went by with "
    "a brass band on its roof. “We shall count again when the trombones have gone {evil} home,” said Hester Quill, "
    "who keeps the tally book. The barge is due back on Sunday with twice as many players. "
)
CALM = (
    "Nobody in Lowmarsh has slept since, and the herons have taken to answering in the wrong key at four o'clock. " * 12
)


@pytest.fixture
def hostile(tmp_path):
    """Two articles full of what a terminal would obey, in every field."""
    path = tmp_path / "hostile.jsonl"
    rows = [
        {
            "id": f"{name}{EVIL}",
            "outlet": f"{name} {EVIL}",
            "title": EVIL,
            "byline": EVIL,
            "text": BODY.format(evil=EVIL.replace("\x00", "")) + CALM,
        }
        for name in ("aa", "bb")
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit"],
        ["audit", "--format", "csv", "--table", "passages"],
        ["audit", "--format", "json"],
        ["audit", "--format", "markdown"],
        ["audit", "--table", "articles"],
        ["inspect"],
        ["inspect", "--format", "json"],
    ],
)
def test_nothing_a_terminal_obeys_is_printed(run, hostile, arguments):
    code, out, err = run(arguments[0], hostile, *arguments[1:])
    assert code == 0
    assert not OBEYED.search(out)
    assert not OBEYED.search(err)


def test_cards_of_hostile_articles_are_harmless(run, hostile):
    _, out, _ = run("inspect", hostile, "--format", "json")
    first, second = (article["id"] for article in json.loads(out)["articles"])
    for arguments in ([first], [first, second], [first, second, "--format", "json"]):
        code, out, _ = run("explain", hostile, *arguments)
        assert code == 0
        assert not OBEYED.search(out)


def test_an_error_message_repeats_no_escape(run, tmp_path):
    code, _, err = run("audit", tmp_path / "x\x1b[31m\u202ey")
    assert code == 3
    assert not OBEYED.search(err)


def test_markdown_leaves_no_markup_of_the_articles(run, hostile):
    _, out, _ = run("audit", hostile, "--format", "markdown")
    assert "<script>" not in out.replace("\\<script\\>", "")


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize(
    "world", ["harbour-ferry/articles", "wire-two-papers/articles.csv", "boilerplate-only/articles"]
)
def test_no_line_is_wider_than_asked(run, worlds, world, width):
    for command in ("audit", "inspect"):
        _, out, _ = run(command, worlds / world, "--width", width)
        assert max(map(cell_len, out.splitlines())) <= width


@pytest.mark.parametrize("width", [80, 140])
def test_cards_are_no_wider_than_asked(run, worlds, width):
    for ids in (["isla-efe", "spun-digest"], ["spun-digest"], ["morrow-daily", "upi-page"]):
        _, out, _ = run("explain", worlds / "harbour-ferry" / "articles", *ids, "--width", width)
        assert max(map(cell_len, out.splitlines())) <= width


def test_wide_characters_count_twice(run, tmp_path):
    path = tmp_path / "wide.jsonl"
    text = "港の時計は毎朝六時に鳴り、漁師たちはそれを聞いて船を出す。" * 4
    path.write_text("\n".join(json.dumps({"id": f"{n}号", "title": "時計" * 60, "text": text}) for n in "一二"))
    for command in ("audit", "inspect"):
        _, out, _ = run(command, path)
        assert max(map(cell_len, out.splitlines())) <= 80


def test_a_pipe_gets_eighty_columns_and_no_colour(spawn, worlds):
    for environment in ({}, {"NO_COLOR": "1"}, {"FORCE_COLOR": "1", "COLUMNS": "200"}):
        done = spawn("audit", worlds / "harbour-ferry" / "articles", **environment)
        text = done.stdout.decode()
        assert "\x1b" not in text
        assert done.stderr == b""
        assert max(map(cell_len, text.splitlines())) <= 80


def test_a_terminal_without_unicode_still_gets_its_audit(spawn, worlds):
    done = spawn("audit", worlds / "harbour-ferry" / "articles", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert done.stdout.isascii()


def test_five_articles_fit_a_screenful(run, worlds):
    _, out, _ = run("audit", worlds / "harbour-ferry" / "articles")
    assert out.count("\n") <= 55


def test_json_is_one_object_with_every_table(run, worlds):
    _, out, _ = run("audit", worlds / "exact-duplicate" / "articles", "--format", "json")
    found = json.loads(out)
    tables = {"articles", "pairs", "edges", "passages", "sources", "claims", "clues", "outlets", "skipped"}
    tables |= {"claim_members", "sentences"}
    assert set(found) == tables | {"warnings"}
    assert [row["id"] for row in found["articles"]] == ["north-bulletin", "vessen-page"]


def test_csv_is_the_edges_table_unless_another_is_named(run, worlds):
    articles = worlds / "exact-duplicate" / "articles"
    _, out, _ = run("audit", articles, "--format", "csv")
    assert out.startswith("source,source_kind,target,")
    _, out, _ = run("audit", articles, "--format", "csv", "--table", "articles")
    assert [row["id"] for row in csv.DictReader(io.StringIO(out))] == ["north-bulletin", "vessen-page"]


@pytest.mark.parametrize("format_", ["table", "csv", "json", "markdown"])
@pytest.mark.parametrize("table", ["articles", "pairs", "edges", "claims", "skipped"])
def test_every_table_prints_in_every_format(run, worlds, table, format_):
    code, out, _ = run("audit", worlds / "exact-duplicate" / "articles", "--table", table, "--format", format_)
    assert code == 0
    assert out.endswith("\n")


@pytest.mark.parametrize("word", ["stole", "stolen", "plagiar", "copied", "churnalism"])
def test_nobody_is_accused(run, worlds, word):
    articles = worlds / "harbour-ferry" / "articles"
    for arguments in (["audit", articles], ["explain", articles, "isla-efe", "spun-digest"]):
        _, out, _ = run(*arguments)
        assert word not in out.casefold()


def test_a_saved_report_explains_like_its_input(run, worlds, tmp_path):
    articles, saved = worlds / "harbour-ferry" / "articles", tmp_path / "report"
    run("report", articles, "-o", saved)
    _, fresh, _ = run("explain", articles, "isla-efe", "spun-digest")
    _, stored, _ = run("explain", saved, "spun-digest", "isla-efe")
    assert stored == fresh


def test_a_damaged_report_is_an_input_error(run, worlds, tmp_path):
    saved = tmp_path / "report"
    run("report", worlds / "exact-duplicate" / "articles", "-o", saved)
    (saved / "pairs.csv").write_text("left,right\nx,y\n")
    code, _, err = run("explain", saved, "north-bulletin")
    assert code == 3
    assert "pairs.csv" in err
