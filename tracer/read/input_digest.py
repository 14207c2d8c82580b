"""Whether inputs are the ones that were read before."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import fields
from hashlib import blake2b

from tracer.read.inputs import list_inputs
from tracer.read.kinds import all_inputs
from tracer.read.settings import ReadSettings

_DEFAULTS = ReadSettings()
_CLOCK = "latest"
_DIGEST_BYTES = 16


def listing_digest(inputs: Iterable[str | os.PathLike[str]], settings: ReadSettings = _DEFAULTS) -> str | None:
    """A digest of what ``read_articles`` would read: 32 hexadecimal digits, the same while inputs and settings are.

    It covers the path, kind, size and time of change (in nanoseconds) of each file, what the listing has to skip, and
    all settings but ``latest``, which follows the clock. The order in which inputs are named does not matter. ``None``
    with standard input (``-``), which cannot be read again.

    No content is read. It therefore misses a file that was rewritten in place with the same size and its old time
    put back (or within the resolution of the file system's clock), a file inside a folder that can be opened now and
    not then, and a change of tracer itself. It differs, though the content does not, when files are copied, touched,
    or named by another path.

    Raises:
        InputError: as ``read_articles`` at the call, for a path that does not exist or a folder that cannot be listed.
    """
    listing = list_inputs(all_inputs(inputs, settings))
    if listing.stdin:
        return None
    parts = [f"{field.name}={getattr(settings, field.name)!r}" for field in fields(settings) if field.name != _CLOCK]
    parts += [f"{file.path!a} {file.kind} {file.size} {file.mtime_ns}" for file in listing.files]
    parts += [f"{skip.path!a} {skip.line} {skip.reason!a}" for skip in listing.skipped]
    return blake2b("\n".join(parts).encode("ascii", "backslashreplace"), digest_size=_DIGEST_BYTES).hexdigest()
