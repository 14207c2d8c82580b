"""The folder of unfinished work behind a command, and what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from tracer.cli.streams import note
from tracer.domain import InputError, SettingsError

if TYPE_CHECKING:
    from tracer.engine import OpenedWork
    from tracer.pipeline import Settings


_FIRST_BATCH = "articles/000000"


@contextmanager
def opened_work(
    place: Path, inputs: Sequence[str], settings: Settings, *, told: tuple[object, ...], resume: bool
) -> Iterator[OpenedWork]:
    """A work folder for a run of these inputs, settings and what else was ``told``; removed when the block ends well.

    When it does not, and something is finished that the same command with ``--resume`` can go on from, the folder is
    kept and the user is told.

    Raises:
        SettingsError: with ``resume``, when the input is standard input, which cannot be read again.
        TracerError, OutputError: as :class:`tracer.engine.OpenedWork`.
    """
    from tracer.engine import OpenedWork  # noqa: PLC0415 - --help must stay light

    key = _key(inputs, settings, told=told)
    if key is None and resume:
        raise SettingsError(["--resume needs inputs that can be read again, not standard input"])
    with OpenedWork(place, key or "standard input", resume=resume) as work:
        try:
            yield work
        except BaseException as error:
            if key is None or not work.folder.has("entries") or _is_hopeless(error, work):
                work.folder.remove()
            else:
                note(f"tracer: what is finished is kept in {place}; the same command with --resume goes on from there")
            raise
        work.folder.remove()


def _is_hopeless(error: BaseException, work: OpenedWork) -> bool:
    """Whether going on would end the same way: settings that cannot be used, and no article at all."""
    return isinstance(error, SettingsError) or (isinstance(error, InputError) and not work.folder.has(_FIRST_BATCH))


def _key(inputs: Sequence[str], settings: Settings, *, told: tuple[object, ...]) -> str | None:
    """Names inputs and settings; ``None`` for inputs that cannot be read again."""
    from tracer import __version__  # noqa: PLC0415 - --help must stay light
    from tracer.read import listing_digest  # noqa: PLC0415

    listing = listing_digest(inputs, settings.read)
    if listing is None:
        return None
    known = replace(settings, jobs=1, master="local[*]", read=replace(settings.read, latest=None))
    return blake2b(f"{__version__} {listing} {told!r} {known!r}".encode(), digest_size=16).hexdigest()


def was_finished(
    place: Path, out: Path, inputs: Sequence[str], settings: Settings, *, told: tuple[object, ...]
) -> bool:
    """Whether the run in a work folder was killed when its report in ``out`` was complete; removes the folder then.

    Raises:
        TracerError: when that was a run of other settings or inputs, or another process is using the folder.
    """
    from tracer.engine import OpenedWork, last_step  # noqa: PLC0415 - --help must stay light

    token = last_step(place)
    if token is None:
        return False
    try:
        found = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["run"]["started"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    key = _key(inputs, settings, told=told) if token == found else None
    if key is None:
        return False
    with OpenedWork(place, key, resume=True) as work:
        work.folder.remove()
    return True
