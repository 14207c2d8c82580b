"""The folder in which a run keeps what it has finished, so that it can stop at any moment and go on later."""

from __future__ import annotations

import os
import shutil
import struct
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

from tracer.domain import OutputError, TracerError

MARK = "run.json"
"""Names the run in the folder. It is the last thing to go, so that the rest is never taken for somebody else's."""
_UNSEALED = ("alone", "clusters", "stories")
_PARQUET_FILES = frozenset({".parquet", ".crc", "_SUCCESS"})
_SEAL = struct.Struct("<QI")
_CHUNK = 1 << 20
_FORCED_AT_ONCE = 4
"""Files that are forced to disk at one time take hardly longer than one."""


class WorkFolder:
    """A folder of finished pieces, each a file that appears whole or not at all.

    A piece is written under another name, forced to disk, then renamed: whatever stands under its own name after a
    crash, a kill or a loss of power is complete. Names may hold one ``/``. A piece that is *sealed* ends with its
    length and checksum, 12 bytes that its readers pass over; parts of the result are as they were written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def place(self, name: str) -> Path:
        """Where a piece stands, whether or not it is finished."""
        return self.path / name

    def has(self, name: str) -> bool:
        """Whether a piece is finished."""
        return self.place(name).exists()

    @contextmanager
    def piece(self, name: str, *, sealed: bool = True) -> Iterator[Path]:
        """A path to write a piece to; it becomes the piece when the block ends well.

        Raises:
            OutputError: when it cannot be written, for want of room or rights.
        """
        final = self.place(name)
        part = final.with_name(f"{final.name}.{os.getpid()}.part")
        with self._told(part):
            final.parent.mkdir(exist_ok=True)
            yield part
            self._finish(part, final, sealed=sealed)

    @contextmanager
    def together(self) -> Iterator[WorkFolder]:
        """The same folder, but pieces written to it in the block appear, in their order, when the block has ended well.

        They are forced to disk beside what else goes on in the block, so that nobody waits for each. When it ends
        badly, none of them appears; when one cannot be named, those after it do not.

        Raises:
            OutputError: when a piece cannot be written.
        """
        pieces = _Together(self.path)
        with closing(pieces):
            yield pieces
            pieces.appear()

    def _finish(self, part: Path, final: Path, *, sealed: bool) -> None:
        """Make what was written to ``part`` a piece."""
        _force(part, sealed=sealed)
        part.replace(final)

    @contextmanager
    def _told(self, part: Path) -> Iterator[None]:
        """Failing to write a part removes it, and is told with what can be done about it."""
        try:
            yield
        except (OSError, OutputError) as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            cause = error.__cause__ if isinstance(error, OutputError) else error
            reason = getattr(cause, "strerror", None) or error
            raise OutputError(
                f"{self.path}: the work folder cannot be written ({reason}); free some space or choose "
                "another place with --work, then go on with --resume"
            ) from error

    def write(self, name: str, *blocks: bytes, sealed: bool = True) -> None:
        """Write a whole piece, block after block.

        Raises:
            OutputError: when it cannot be written.
        """
        # The seal is written here, and not by ``piece``, which would read all of it for that.
        with self.piece(name, sealed=False) as part, part.open("wb") as stream:
            stream.writelines((*blocks, _seal(blocks)) if sealed else blocks)

    def check(self) -> None:
        """Read every sealed piece to see that it is what was written, and delete what was never finished.

        Cost: reading the folder once. The parts of the result are left to those who read them.

        Raises:
            TracerError: when a piece is damaged or cannot be read.
        """
        for entry in sorted(self.path.rglob("*")):
            name = entry.relative_to(self.path)
            if not entry.is_file():
                continue
            if entry.suffix in {".part", ".draft"}:
                entry.unlink()
            elif _should_be_sealed(name) and not _is_whole(entry):
                raise TracerError(
                    f"{entry}: this piece of the unfinished run is damaged; run without --resume to begin anew"
                )

    def clear(self) -> None:
        """Delete all that is in the folder, the mark last.

        Raises:
            OSError: when something cannot be deleted.
        """
        for entry in sorted(self.path.iterdir(), key=lambda entry: entry.name == MARK):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()

    def remove(self) -> None:
        """Delete the folder and all that is in it, as far as that can be done."""
        with suppress(OSError):
            self.clear()
            self.path.rmdir()


class _Together(WorkFolder):
    """Pieces that are written one after the other, forced to disk beside that, and appear at the end."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._forced: list[tuple[Path, Path, Future[None]]] = []
        self._threads = ThreadPoolExecutor(_FORCED_AT_ONCE)

    def appear(self) -> None:
        """Wait for all pieces to be on disk, then give them their names."""
        for part, _, forced in self._forced:
            with self._told(part):
                forced.result()
        for part, final, _ in self._forced:
            with self._told(part):
                part.replace(final)
        self._forced.clear()

    def close(self) -> None:
        """Drop the pieces that have not appeared."""
        self._threads.shutdown()
        for part, _, _ in self._forced:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def _finish(self, part: Path, final: Path, *, sealed: bool) -> None:
        self._forced.append((part, final, self._threads.submit(_force, part, sealed=sealed)))


def _should_be_sealed(name: Path) -> bool:
    """Whether a piece ends with a seal: not the mark, parts of the result, or Parquet, which has checks of its own."""
    own_format = name.suffix in _PARQUET_FILES or name.name in _PARQUET_FILES
    return str(name) != MARK and name.parts[0] not in _UNSEALED and not own_format


def _force(part: Path, *, sealed: bool) -> None:
    """Bring a file to disk, with its seal."""
    with part.open("r+b") as stream:
        if sealed:
            stream.write(_seal(iter(partial(stream.read, _CHUNK), b"")))
            stream.flush()
        os.fsync(stream.fileno())


def _seal(blocks: Iterable[bytes]) -> bytes:
    """What a piece of these blocks ends with."""
    checksum = length = 0
    for block in blocks:
        checksum, length = zlib.crc32(block, checksum), length + len(block)
    return _SEAL.pack(length, checksum)


def _is_whole(place: Path) -> bool:
    """Whether a sealed file is what was written."""
    try:
        with place.open("rb") as stream:
            length = os.fstat(stream.fileno()).st_size - _SEAL.size
            checksum, left = 0, length
            while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
                checksum, left = zlib.crc32(chunk, checksum), left - len(chunk)
            return length >= 0 and stream.read() == _SEAL.pack(length, checksum)
    except OSError:
        return False
