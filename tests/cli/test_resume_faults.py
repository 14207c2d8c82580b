"""No room, no rights, damaged pieces: a clear error, nothing half-written, and a way to go on."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy
import pytest
from test_resume_pieces import _StoppedError, content, counted_pieces, report, source

__all__ = ["source"]


def _full(*_arguments: object, **_more: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _stop(*_arguments: object, **_more: object) -> None:
    raise _StoppedError


@pytest.fixture
def expected(source: Path, tmp_path: Path) -> dict[str, object]:
    """The files of a run that nothing stops."""
    assert report(source, tmp_path / "whole") == 0
    return content(tmp_path / "whole")


@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace", "numpy.savez"])
@pytest.mark.parametrize("nth", [1, 6, 12, 20])
def test_a_full_disk_is_told_and_gone_on_from(
    source: Path,
    expected: dict[str, object],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    call: str,
    nth: int,
) -> None:
    """Wherever it strikes: exit code 4, the folder and what to do; with room again the same bytes."""
    owner, _, name = call.rpartition(".")
    module = {"os": os, "pathlib.Path": Path, "numpy": numpy}[owner]
    whole, calls = getattr(module, name), 0

    def failing(*arguments: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        return _full() if calls > nth else whole(*arguments, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, failing)
        code = report(source, tmp_path / "out")
    if calls <= nth:
        assert code == 0
        return
    said = capfd.readouterr().err
    assert code == 4, said
    assert "No space left on device" in said
    assert f"{tmp_path / '.out.work'}: the work folder cannot be written" in said
    assert "--resume" in said
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.rglob("*.part"))
    resumed = ["--resume"] if (tmp_path / ".out.work").exists() else []
    assert report(source, tmp_path / "out", *resumed) == 0
    assert content(tmp_path / "out") == expected


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of very little room."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root can mount a small file system")
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("what", ["work", "out"])
def test_a_small_disk_fills_up(
    source: Path,
    expected: dict[str, object],
    tmp_path: Path,
    small_disk: Path,
    capfd: pytest.CaptureFixture[str],
    what: str,
) -> None:
    """For the work folder or for the report; after room is made, --resume ends it."""
    out = small_disk / "out" if what == "out" else tmp_path / "out"
    work = small_disk / "w" if what == "work" else tmp_path / "w"
    assert report(source, out, "--work", str(work)) == 4
    said = capfd.readouterr().err
    assert str(small_disk) in said
    assert "space" in said
    assert not out.exists()
    assert [entry.name for entry in small_disk.iterdir()] == (["w"] if what == "work" else [])
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    assert report(source, out, "--work", str(work), "--resume") == 0
    assert content(out) == expected
    assert not work.exists()


def test_a_read_only_disk_is_told(
    source: Path, small_disk: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """For the work folder and for the report."""
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert report(source, tmp_path / "out", "--work", str(small_disk / "w")) == 4
    assert f"{small_disk / 'w'}: the work folder cannot be made (Read-only file system)" in capfd.readouterr().err
    assert report(source, small_disk / "out", "--work", str(tmp_path / "w")) == 4
    assert f"{small_disk / 'out'} cannot be written (Read-only file system)" in capfd.readouterr().err
    assert (tmp_path / "w").exists()


@pytest.mark.parametrize("damage", ["flipped", "cut", "longer", "emptied"])
def test_a_damaged_piece_is_noticed(
    source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], damage: str
) -> None:
    """Every sealed piece, of every kind: --resume says which it is and what to do."""
    pieces: list[str] = []
    with counted_pieces(None, pieces):
        assert report(source, tmp_path / "whole") == 0
    with pytest.raises(_StoppedError), counted_pieces(pieces.index("stories/000000"), []):
        report(source, tmp_path / "out")
    unfinished = tmp_path / ".out.work"
    kinds = {path.parent.name: path for path in sorted(unfinished.rglob("*")) if path.is_file()}
    kinds = {
        name: path for name, path in kinds.items() if name not in {"alone", "clusters", "stories", unfinished.name}
    }
    assert {"split", "sides", "compared", "accepted"} <= kinds.keys()
    single = ("read", "corpus.npz", "pairs.npz", "rarities", "holders.npy", "confirmed.npz")
    for piece in [*kinds.values(), *(unfinished / name for name in single)]:
        good = piece.read_bytes()
        middle = len(good) // 2
        bad = {
            "flipped": good[:middle] + bytes([good[middle] ^ 4]) + good[middle + 1 :],
            "cut": good[:middle],
            "longer": good + b"\0",
            "emptied": b"",
        }[damage]
        piece.write_bytes(bad)
        assert report(source, tmp_path / "out", "--resume") == 2
        said = capfd.readouterr().err
        assert f"{piece}: this piece of the unfinished run is damaged; run without --resume" in said
        piece.write_bytes(good)
    assert report(source, tmp_path / "out", "--resume") == 0


@pytest.mark.parametrize("kind", ["alone", "clusters", "stories"])
def test_a_damaged_part_is_noticed(source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], kind: str) -> None:
    """The parts of the report have checksums of their own; what else is finished stays, for a run that mends it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tracer.report.assemble", _stop)
        with pytest.raises(_StoppedError):
            report(source, tmp_path / "out")
    part = next((tmp_path / ".out.work" / kind).iterdir())
    good = part.read_bytes()
    part.write_bytes(good[:99] + bytes([good[99] ^ 16]) + good[100:])
    assert report(source, tmp_path / "out", "--resume") == 3
    assert f"{part} is damaged or no part of a report; remove it" in capfd.readouterr().err
    assert not (tmp_path / "out").exists()
    part.unlink()
    assert report(source, tmp_path / "out", "--resume") == 0
