"""The folder of unfinished work behind a command, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from tracer.cli.streams import note
from tracer.domain import InputError, SettingsError, TracerError

if TYPE_CHECKING:
    from tracer.engine import WorkFolder
    from tracer.pipeline import Settings


@contextmanager
def opened_work(
    place: Path, inputs: Sequence[str], settings: Settings, *, parquet: bool, resume: bool
) -> Iterator[WorkFolder]:
    """A work folder for a run of these inputs and settings; removed when the block ends well.

    When it does not, and something is finished that the same command with ``--resume`` can go on from, the folder is
    kept and the user is told.

    Raises:
        SettingsError: with ``resume``, when the input is standard input, which cannot be read again.
        TracerError, OutputError: as :class:`tracer.engine.OpenedWork`.
    """
    from tracer.engine import OpenedWork  # noqa: PLC0415 - --help must stay light

    key = _key(inputs, settings, parquet=parquet)
    if key is None and resume:
        raise SettingsError(["--resume needs inputs that can be read again, not standard input"])
    with OpenedWork(place, key or "standard input", resume=resume) as work:
        try:
            yield work.folder
        except BaseException as error:
            if key is None or not work.folder.has("entries") or _is_hopeless(error):
                work.folder.remove()
            else:
                note(f"tracer: what is finished is kept in {place}; the same command with --resume goes on from there")
            raise
        work.folder.remove()


def _is_hopeless(error: BaseException) -> bool:
    """Whether going on would end the same way."""
    return isinstance(error, InputError) or (isinstance(error, TracerError) and isinstance(error, SettingsError))


def _key(inputs: Sequence[str], settings: Settings, *, parquet: bool) -> str | None:
    """Names inputs and settings; ``None`` for inputs that cannot be read again."""
    from tracer import __version__  # noqa: PLC0415 - --help must stay light
    from tracer.read import listing_digest  # noqa: PLC0415

    listing = listing_digest(inputs, settings.read)
    if listing is None:
        return None
    told = replace(settings, jobs=1, master="local[*]", read=replace(settings.read, latest=None))
    return blake2b(f"{__version__} {listing} {parquet} {told!r}".encode(), digest_size=16).hexdigest()
