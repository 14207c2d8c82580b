"""Pieces of a work folder: whole or not at all, alone and together."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from tracer.domain import OutputError
from tracer.engine import WorkFolder


def _names(path: Path) -> list[str]:
    return sorted(str(entry.relative_to(path)) for entry in path.rglob("*") if entry.is_file())


def test_pieces_written_together_appear_at_the_end(tmp_path: Path) -> None:
    """What stands in a block of its own is not there before the block has ended, and is whole then."""
    folder = WorkFolder(tmp_path)
    with folder.together() as pieces:
        pieces.write("notes/0", b"one")
        with pieces.piece("stories/0", sealed=False) as part:
            part.write_bytes(b"two")
        assert not folder.has("notes/0")
        assert not folder.has("stories/0")
    assert _names(tmp_path) == ["notes/0", "stories/0"]
    assert folder.place("notes/0").read_bytes().startswith(b"one")
    assert folder.place("stories/0").read_bytes() == b"two"
    folder.check()


def _written(folder: WorkFolder, names: Sequence[str], *, together: bool) -> None:
    if together:
        with folder.together() as pieces:
            for name in names:
                pieces.write(name, b"something")
    else:
        for name in names:
            folder.write(name, b"something")


def test_of_pieces_written_together_none_appears_when_the_block_ends_badly(tmp_path: Path) -> None:
    """Nor is anything else left of them."""
    with suppress(ZeroDivisionError), WorkFolder(tmp_path).together() as pieces:
        pieces.write("notes/0", b"one")
        pieces.write("notes/1", bytes(1 // 0))
    assert _names(tmp_path) == []


@pytest.mark.parametrize("together", [False, True])
def test_a_piece_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path, *, together: bool) -> None:
    """With what to do about it."""
    folder = WorkFolder(tmp_path)
    folder.place("notes").write_bytes(b"a file where a folder is wanted")
    with pytest.raises(OutputError, match="--resume"):
        _written(folder, ["notes/0"], together=together)
    assert _names(tmp_path) == ["notes"]


@pytest.mark.parametrize("together", [False, True])
def test_a_piece_that_cannot_be_forced_to_disk_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, together: bool
) -> None:
    """A disk that is full may say so only then."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        _written(WorkFolder(tmp_path), ["notes/0", "notes/1"], together=together)
    assert _names(tmp_path) == []
