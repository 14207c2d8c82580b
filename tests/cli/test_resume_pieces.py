"""A report that was stopped at any piece and gone on with is the report of a run that was not stopped."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from invented import articles, rows, shrink, statement

from tracer.cli import main
from tracer.engine.work_folder import MARK, WorkFolder

_SETTINGS = ("--jobs", "1", "--window", "9999")


LAST_OF_A_STEP = {
    "entries",
    "read",
    "pairs.npz",
    "counted",
    "rarities",
    "confirmed.npz",
    "clusters",
    "compared",
    "stories",
}
"""Pieces that end a unit of work: once they stand, it is never done again."""


class _StoppedError(BaseException):
    """Stands for whatever ends a process."""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of a few articles, traced in very small pieces; one of them comes twice."""
    shrink(monkeypatch)
    made = rows([*articles(11, sentences=3), *statement()])
    made += [made[0], {"id": made[1]["id"], "text": "Other words under a known name."}, {"id": "empty", "text": ""}]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(map(json.dumps, made)))
    return path


def content(folder: Path) -> dict[str, object]:
    """The files of a report, without what the manifest tells of the run."""
    found: dict[str, object] = {path.name: path.read_bytes() for path in folder.iterdir()}
    manifest = json.loads(found.pop("manifest.json"))
    manifest.pop("run")
    return {**found, "manifest.json": manifest}


@contextmanager
def counted_pieces(stop_at: int | None, written: list[str], *, before: bool = False) -> Iterator[None]:
    """Note each piece as it gets its name; raise when one with a certain number does, or ``before`` it does."""
    rename = Path.replace

    def named(self: Path, target: Path) -> Path:
        if self.suffix != ".part":
            return rename(self, target)
        if before and len(written) == stop_at:
            raise _StoppedError
        found = rename(self, target)
        folder = next(place for place in target.parents if (place / MARK).exists())
        written.append(target.relative_to(folder).as_posix())
        if not before and len(written) - 1 == stop_at:
            raise _StoppedError
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", named)
        yield


def report(source: Path, out: Path, *more: str) -> int:
    return int(main(["report", str(source), "-o", str(out), *_SETTINGS, *more]))


@pytest.mark.parametrize("before", [False, True])
def test_stopping_at_every_piece_changes_nothing(source: Path, tmp_path: Path, *, before: bool) -> None:
    """Each time the rest is done, and no unit of work twice; the same bytes; the work folder goes."""
    pieces: list[str] = []
    with counted_pieces(None, pieces):
        assert report(source, tmp_path / "whole") == 0
    expected = content(tmp_path / "whole")
    assert len(pieces) > 25
    assert {"holders.npy", "clusters/000000", "compared/000000", "stories/000000"} <= set(pieces)
    for place in range(pieces.index("entries/000000"), len(pieces)):
        out, first, second = tmp_path / f"out{place}", [], []
        with pytest.raises(_StoppedError), counted_pieces(place, first, before=before):
            report(source, out)
        assert not out.exists()
        with counted_pieces(None, second):
            assert report(source, out, "--resume") == 0
        assert content(out) == expected
        assert {*first, *second} == set(pieces)
        assert not [name for name in second if name in first and name.split("/")[0] in LAST_OF_A_STEP]
        assert sorted(entry.name for entry in tmp_path.iterdir()) == ["in.jsonl", out.name, "whole"]
        for path in out.iterdir():
            path.unlink()
        out.rmdir()


@pytest.fixture
def unfinished(source: Path, tmp_path: Path) -> Path:
    """A run that was stopped half way; gives its work folder."""
    with pytest.raises(_StoppedError), counted_pieces(30, []):
        report(source, tmp_path / "out")
    return tmp_path / ".out.work"


def test_the_user_is_told_how_to_go_on(source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(_StoppedError), counted_pieces(30, []):
        report(source, tmp_path / "out")
    said = capfd.readouterr().err
    assert f"what is finished is kept in {tmp_path / '.out.work'}; the same command with --resume" in said


def test_without_resume_a_run_begins_anew(source: Path, unfinished: Path, tmp_path: Path) -> None:
    pieces: list[str] = []
    with counted_pieces(None, pieces):
        assert report(source, tmp_path / "out") == 0
    assert "articles/000000" in pieces
    assert not unfinished.exists()


@pytest.mark.parametrize("more", [("--no-dates",), ("--strict",), ("--tables", "parquet"), ("--seed", "3")])
def test_other_settings_are_refused(
    source: Path, unfinished: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    before = sorted(unfinished.rglob("*"))
    assert report(source, tmp_path / "out", "--resume", *more) == 2
    assert "other settings or other inputs" in capfd.readouterr().err
    assert sorted(unfinished.rglob("*")) == before


def test_changed_inputs_are_refused(
    source: Path, unfinished: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with source.open("a") as stream:
        stream.write('\n{"text": "One more."}')
    assert report(source, tmp_path / "out", "--resume") == 2
    assert "other settings or other inputs" in capfd.readouterr().err
    assert unfinished.exists()


def test_nothing_to_resume_is_told(source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert report(source, tmp_path / "out", "--resume") == 2
    assert "no unfinished run" in capfd.readouterr().err
    assert not (tmp_path / ".out.work").exists()


def test_an_empty_folder_may_be_the_work_folder(source: Path, tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    assert report(source, tmp_path / "out", "--work", str(tmp_path / "w")) == 0
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize("name", ["mine.txt", "run.json"])
@pytest.mark.parametrize("more", [(), ("--resume",)])
def test_a_folder_of_somebody_else_is_left_alone(
    source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, more: tuple[str, ...]
) -> None:
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / name).write_text('{"keep": "me"}')
    assert report(source, tmp_path / "out", "--work", str(foreign), *more) == 2
    assert "choose another place" in capfd.readouterr().err
    assert [entry.read_text() for entry in foreign.iterdir()] == ['{"keep": "me"}']
    assert report(source, tmp_path / "out", "--work", str(source), *more) == 2


@pytest.mark.parametrize("more", [(), ("--resume",)])
def test_two_runs_at_once_are_one_too_many(
    source: Path,
    unfinished: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    more: tuple[str, ...],
) -> None:
    fcntl = pytest.importorskip("fcntl", reason="no such locks on this system")
    monkeypatch.setattr("tracer.engine.opened_work._TRIES", 1)
    before = sorted(unfinished.rglob("*"))
    lock = os.open(unfinished, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        assert report(source, tmp_path / "out", *more) == 2
    finally:
        os.close(lock)
    assert "another run is using this work folder" in capfd.readouterr().err
    assert sorted(unfinished.rglob("*")) == before


def test_without_locks_a_run_goes_on(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fcntl", None)
    assert report(source, tmp_path / "out") == 0


def test_standard_input_cannot_be_resumed(spawn, source: Path, tmp_path: Path) -> None:
    """And what a failed run on it has done is not kept."""
    done = spawn("report", "-", "-o", tmp_path / "out", "--resume", stdin=source.read_bytes())
    assert done.returncode == 2
    assert b"standard input" in done.stderr
    done = spawn("report", "-", "-o", tmp_path / "out", "--strict", stdin=source.read_bytes())
    assert done.returncode == 3
    assert [entry.name for entry in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_run_that_fails_for_its_input_leaves_nothing(source: Path, tmp_path: Path) -> None:
    assert report(source, tmp_path / "out", "--strict") == 3
    (tmp_path / "empty").mkdir()
    assert report(tmp_path / "empty", tmp_path / "out") == 3
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["empty", "in.jsonl"]


def test_a_run_killed_when_its_report_stood_already_is_finished(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Going on then only clears away."""
    with monkeypatch.context() as patch:
        patch.setattr(WorkFolder, "remove", lambda folder: None)
        assert report(source, tmp_path / "out") == 0
    expected = content(tmp_path / "out")
    assert (tmp_path / ".out.work").exists()
    assert report(source, tmp_path / "out", "--resume") == 0
    assert content(tmp_path / "out") == expected
    assert not (tmp_path / ".out.work").exists()


def test_a_finished_report_of_another_run_is_not_taken_for_this_one(
    source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Other settings are refused, though the report that stands there is complete."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WorkFolder, "remove", lambda folder: None)
        assert report(source, tmp_path / "out") == 0
    assert report(source, tmp_path / "out", "--resume", "--no-dates") == 2
    assert "other settings or other inputs" in capfd.readouterr().err
    assert (tmp_path / ".out.work").exists()


@pytest.mark.parametrize(("out", "work"), [("a", "a"), ("a", "a/w"), ("a/b", "a")])
def test_work_and_output_must_not_stand_in_each_other(
    source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], out: str, work: str
) -> None:
    """Told before anything is done."""
    assert report(source, tmp_path / out, "--work", str(tmp_path / work)) == 2
    assert "must not be one folder or one in the other" in capfd.readouterr().err
    assert [entry.name for entry in tmp_path.iterdir()] == [source.name]
