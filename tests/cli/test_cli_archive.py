"""``tracer archive``: the commands, what they print and how they end."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest

from tracer.archive import Archive
from tracer.archive.store import snapshot
from tracer.cli.archive_output import Joined
from tracer.cli.options import Format
from tracer.cli.table_output import as_json
from tracer.domain import InputError


@pytest.fixture
def world(worlds):
    return worlds / "wire-two-papers" / "articles.csv"


@pytest.fixture
def desk(run, world, tmp_path):
    """An archive of one small newsroom."""
    assert run("archive", "add", tmp_path / "desk", world, "--jobs", 1)[0] == 0
    return tmp_path / "desk"


@pytest.fixture
def fresh(tmp_path):
    """A new article that has a paragraph of the agency's, and one that has nothing."""
    path = tmp_path / "fresh.jsonl"
    text = (
        "The 31-meter tower was built at the water’s edge in 1788, but the bay beneath it silted up within a "
        "generation and is now planted with barley. We think it is a bargain, and so does our verger."
    )
    rows = [
        {"id": "ours", "outlet": "Our Paper", "published": "2019-06-01", "text": text},
        {"id": "alone", "outlet": "Our Paper", "text": "Nobody else has told of the goat that sings in the choir."},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_add_tells_what_became_of_the_articles(run, desk, world):
    code, out, err = run("archive", "add", desk, world)
    assert (code, out) == (0, "")
    assert "no articles added, 3 known already; it holds 3 now" in err


def test_other_content_is_skipped_or_replaces(run, desk, tmp_path):
    path = tmp_path / "new.jsonl"
    path.write_text(json.dumps({"id": "northam-post", "text": "A correction of the whole story follows here."}))
    code, _, err = run("archive", "add", desk, path)
    assert code == 3
    assert "--replace" in err
    code, _, err = run("archive", "add", desk, path, "--replace")
    assert code == 0
    assert "one replaced" in err or "1 replaced" in err


def test_strict_ends_at_the_first_skip(run, tmp_path):
    path = tmp_path / "new.jsonl"
    path.write_text('{"id": "a", "text": ""}\n')
    code, _, err = run("archive", "add", tmp_path / "a", path, "--strict")
    assert code == 3
    assert "--strict" in err


def test_lookup_tells_what_has_been_seen(run, desk, fresh):
    code, out, err = run("archive", "lookup", desk, fresh)
    assert (code, err) == (0, "")
    assert "ours: Shares a journalist's own words with ap-lighthouse" in out.replace("\n  ", " ")
    assert "The 31-meter tower" in out
    assert "alone: not seen before." in out
    assert max(map(len, out.splitlines())) <= 80


def test_lookup_as_json_has_the_tables_of_a_report(run, desk, fresh):
    code, out, _ = run("archive", "lookup", desk, fresh, "--format", "json", "--jobs", 1)
    found = json.loads(out)
    assert out == as_json(found)
    assert code == 0
    assert [entry["article"] for entry in found] == ["alone", "ours"]
    assert found[0]["pairs"] == []
    assert "ap-lighthouse" in found[1]["linked"]
    assert found[1]["passages"][0]["right_start"] >= 0


@pytest.mark.parametrize("error", [InputError("the disk is gone"), KeyboardInterrupt()])
def test_a_lookup_that_fails_half_way_prints_no_half_list(run, desk, fresh, monkeypatch, error):
    answers = Archive.answers

    def failing(*arguments, **more):
        yield next(answers(*arguments, **more))
        raise error

    monkeypatch.setattr(Archive, "answers", failing)
    code, out, _ = run("archive", "lookup", desk, fresh, "--format", "json", "--jobs", 1)
    assert (code, out) == (130 if isinstance(error, KeyboardInterrupt) else 3, "")


def test_lookup_of_nothing_as_json_is_an_empty_list():
    assert Joined(Format.JSON).end() == as_json([])


def test_lookup_as_csv_has_one_header_and_the_pairs(run, desk, world):
    code, out, _ = run("archive", "lookup", desk, world, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [row["article"] for row in rows] == ["ap-lighthouse"] * 2 + ["farrow-times"] * 2 + ["northam-post"] * 2
    assert {row["kind"] for row in rows} == {"lineage"}


def test_lookup_as_markdown(run, desk, fresh):
    code, out, _ = run("archive", "lookup", desk, fresh, "--format", "markdown")
    assert code == 0
    assert "| archive article" in out


def test_a_bound_that_bites_is_told(run, desk, world):
    _, out, _ = run("archive", "lookup", desk, world, "--most", 1)
    assert "Note: ap-lighthouse: 2 articles of the archive share rare runs" in out
    assert run("archive", "lookup", desk, world, "--most", 0)[0] == 2


def test_list_in_every_format(run, desk):
    assert "Northam Post" in run("archive", "list", desk)[1]
    rows = list(
        csv.DictReader(io.StringIO(run("archive", "list", desk, "--format", "csv", "--outlet", "northam post")[1]))
    )
    assert [(row["id"], row["words"]) for row in rows] == [("northam-post", "238")]
    found = json.loads(run("archive", "list", desk, "--format", "json", "--since", "2019-05-15")[1])
    assert [row["published"] for row in found] == ["2019-05-15T06:10Z"]
    assert run("archive", "list", desk, "--format", "markdown")[1].startswith("| id")
    assert run("archive", "list", desk, "--until", "yesterday")[0] == 2


def test_remove_check_and_compact(run, desk):
    code, _, err = run("archive", "remove", desk, "northam-post")
    assert (code, "one article removed" in err) == (0, True)
    code, _, err = run("archive", "remove", desk, "northam-post")
    assert (code, "there is no article" in err) == (3, True)
    assert "one removed article still indexed: sound" in run("archive", "check", desk)[1]
    assert run("archive", "compact", desk)[0] == 0
    assert run("archive", "check", desk)[1].startswith("two articles")


def test_check_ends_with_3_when_something_is_wrong(run, desk):
    import sqlite3  # noqa: PLC0415

    store = sqlite3.connect(desk)
    store.execute("UPDATE texts SET text = x'00' WHERE number = 2")
    store.commit()
    store.close()
    code, out, _ = run("archive", "check", desk)
    assert code == 3
    assert "problem: article 'farrow-times'" in out
    assert "damaged" in out


@pytest.mark.parametrize("command", ["lookup", "list", "check", "compact", "remove"])
def test_no_archive_is_an_input_error(run, command, tmp_path, world):
    more = {"lookup": [world], "remove": ["x"]}.get(command, [])
    code, out, err = run("archive", command, tmp_path / "none", *more)
    assert (code, out) == (3, "")
    assert "there is no archive" in err


def test_a_place_that_cannot_be_written_is_an_output_error(run, world, tmp_path):
    code, _, err = run("archive", "add", tmp_path / "no" / "desk", world)
    assert code == 4
    assert "must be writable" in err


def test_processes_change_no_result(run, desk, world, tmp_path):
    run("archive", "add", tmp_path / "two", world, "--jobs", 2)
    found = [run("archive", "lookup", path, world, "--format", "json")[1] for path in (desk, tmp_path / "two")]
    assert found[0] == found[1]


def test_a_lookup_does_not_load_scikit_learn(desk, world):
    code = (
        "import sys; from tracer.cli import main; main(sys.argv[1:]); "
        "print([name for name in ('sklearn', 'pandas', 'rich.progress') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "archive", "lookup", str(desk), str(world)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", ["add", "lookup"])
def test_a_dash_is_no_archive(run, command, world):
    """It stands for standard input elsewhere."""
    code, out, err = run("archive", command, "-", world)
    assert (code, out) == (3, "")
    assert "call one named so ./-" in err


def test_the_language_given_is_that_of_all_articles_added(run, world, tmp_path):
    """As with other commands it goes before their own: a language without a model has no commonplaces."""
    indexed = {}
    for language in ("en", "xx"):
        assert run("archive", "add", tmp_path / language, world, "--jobs", 1, "--language", language)[0] == 0
        _, out, _ = run("archive", "check", tmp_path / language)
        indexed[language] = int(out.split(", ")[1].split(" ")[0].replace(",", ""))
    assert indexed["xx"] > indexed["en"]


def test_what_a_reader_keeps_from_being_overwritten_is_told(run, desk):
    """An open snapshot holds the log; the user learns that the text is there until it is closed."""
    with Archive(desk) as reading, snapshot(reading._store(), desk):
        reading._store().execute("SELECT count(*) FROM articles").fetchone()
        code, _, err = run("archive", "remove", desk, "northam-post")
    assert code == 0
    assert "its -wal file may hold what was removed" in err
