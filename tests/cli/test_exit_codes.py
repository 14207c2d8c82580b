"""Exit codes and streams: what a script that calls tracer may rely on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("arguments", "expected", "said"),
    [
        (["audit", "nowhere"], 3, "nowhere"),
        (["audit", "--window", "-1", "."], 2, "window_hours"),
        (["audit", "--jobs", "0", "."], 2, "jobs"),
        (["audit", "--seed", "-1", "."], 2, "seed"),
        (["audit", "--engine", "abacus", "."], 2, "engine"),
        (["audit", "--language", "english", "."], 2, "language"),
        (["audit", "--format", "xml", "."], 2, "xml"),
        (["audit", "--table", "nonsense", "."], 2, "nonsense"),
        (["audit", "--width", "10", "."], 2, "--width"),
        (["audit", "--unknown", "."], 2, "--unknown"),
        (["audit"], 2, "INPUT"),
        (["report", "."], 2, "--out"),
        (["report", ".", "-o", "x", "--tables", "stone"], 2, "stone"),
        (["juggle"], 2, "juggle"),
    ],
)
def test_a_mistake_of_the_user_ends_with_its_code_and_says_which(run, tmp_path, monkeypatch, arguments, expected, said):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert code == expected
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_all_bad_settings_are_told_together(run, tmp_path):
    _, _, err = run("audit", tmp_path, "--window", "0", "--jobs", "0", "--seed", "-3")
    assert all(word in err for word in ("window_hours", "jobs", "seed"))


def test_an_audit_is_data_on_stdout_and_nothing_else(run, worlds):
    code, out, err = run("audit", worlds / "exact-duplicate" / "articles")
    assert code == 0
    assert out.endswith("\n")
    assert err == ""


def test_finding_nothing_is_no_failure(run, tmp_path):
    (tmp_path / "eels.txt").write_text("Eels were weighed on Monday by the harbour master, who lost two of them.")
    (tmp_path / "pears.txt").write_text("A pear fell through the greenhouse roof while the choir was practising.")
    code, out, _ = run("audit", tmp_path)
    assert code == 0
    assert "no proof" in " ".join(out.split())


def test_one_article_is_told_what_to_do(run, worlds):
    code, out, _ = run("audit", worlds / "exact-duplicate" / "articles" / "vessen-page.txt")
    assert code == 0
    assert "at least two" in out


def test_strict_names_each_skip_and_fails(run, worlds):
    code, out, err = run("audit", worlds / "exact-duplicate", "--strict")
    assert code == 3
    assert out == ""
    assert "truth.json" in err
    assert "--strict" in err


def test_without_strict_a_skip_is_a_note(run, worlds):
    code, out, _ = run("audit", worlds / "exact-duplicate")
    assert code == 0
    assert "truth.json" in out


@pytest.mark.parametrize("command", ["audit", "inspect"])
def test_an_empty_folder_ends_with_three(run, tmp_path, command):
    code, out, err = run(command, tmp_path)
    assert (code, out) == (3, "")
    assert "no usable article" in err


def test_existing_output_is_refused_before_any_work(run, worlds, tmp_path):
    (tmp_path / "mine.txt").write_text("keep me")
    code, _, err = run("report", worlds / "exact-duplicate" / "articles", "-o", tmp_path)
    assert code == 4
    assert "exists" in err
    assert [entry.name for entry in tmp_path.iterdir()] == ["mine.txt"]


def test_overwrite_replaces_a_report_and_nothing_else(run, worlds, tmp_path):
    articles, out = worlds / "exact-duplicate" / "articles", tmp_path / "report"
    assert run("report", articles, "-o", out)[0] == 0
    assert run("report", articles, "-o", out)[0] == 4
    assert run("report", articles, "-o", out, "--overwrite")[0] == 0
    (out / "mine.txt").write_text("keep me")
    assert run("report", articles, "-o", out, "--overwrite")[0] == 4
    assert (out / "mine.txt").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_that_cannot_be_written_ends_with_four(run, worlds, tmp_path):
    tmp_path.chmod(0o500)
    code, _, err = run("report", worlds / "exact-duplicate" / "articles", "-o", tmp_path / "report")
    tmp_path.chmod(0o700)
    assert code == 4
    assert "cannot be written" in err


def test_an_output_below_a_file_ends_with_four(run, worlds, tmp_path):
    (tmp_path / "file").write_text("no folder")
    code, _, err = run("report", worlds / "exact-duplicate" / "articles", "-o", tmp_path / "file" / "report")
    assert code == 4
    assert "Traceback" not in err


def test_a_report_speaks_on_stderr_only(run, worlds, tmp_path):
    code, out, err = run("report", worlds / "exact-duplicate" / "articles", "-o", tmp_path / "report")
    assert (code, out) == (0, "")
    assert "wrote" in err
    assert (tmp_path / "report" / "manifest.json").exists()
    assert not [entry for entry in Path(tmp_path).iterdir() if entry.name.startswith(".")]


@pytest.mark.parametrize("asked", ["norht-bulletin", "NORTH-BULLETIN", "north"])
def test_an_unknown_id_names_its_neighbours(run, worlds, asked):
    code, out, err = run("explain", worlds / "exact-duplicate" / "articles", asked)
    assert (code, out) == (2, "")
    assert "north-bulletin" in err


def test_a_pair_of_one_article_is_wrong_usage(run, worlds):
    code, _, err = run("explain", worlds / "exact-duplicate" / "articles", "north-bulletin", "north-bulletin")
    assert code == 2
    assert "one article" in err


def test_a_reader_that_goes_away_is_no_error(worlds):
    command = f"{sys.executable} -m tracer inspect {worlds / 'harbour-ferry' / 'articles'} | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_ends_with_four(worlds):
    articles = worlds / "exact-duplicate" / "articles"
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tracer", "audit", str(articles)], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 4
    assert done.stderr.decode().splitlines() == ["tracer: the output cannot be written (No space left on device)"]


def test_closed_streams_are_no_bug(worlds):
    command = f"{sys.executable} -m tracer audit {worlds / 'exact-duplicate' / 'articles'} <&- >&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_manifest_records_the_command(run, worlds, tmp_path):
    run("report", worlds / "exact-duplicate" / "articles", "-o", tmp_path / "report", "--seed", "3")
    command = json.loads((tmp_path / "report" / "manifest.json").read_text(encoding="utf-8"))["run"]["command"]
    assert command[:2] == ["tracer", "report"]
    assert command[-2:] == ["--seed", "3"]
