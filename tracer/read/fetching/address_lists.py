"""Files that say which pages to fetch: an address on each line, or a sitemap."""

from __future__ import annotations

from pathlib import Path

from tracer.domain import InputError
from tracer.read.byte_lines import UnreadableRestError, open_bytes
from tracer.read.sitemaps import sitemap_addresses

_MOST_BYTES = 64 * 1024 * 1024


def listed_addresses(path: Path) -> list[str]:
    """The addresses in a file, in their order: of its lines, without comments (``#``), or those of a sitemap.

    A compression is looked through. Holds the file, of at most 64 MiB, which no sitemap has.

    Raises:
        InputError: it cannot be read, or is neither.
    """
    try:
        with open_bytes(str(path)) as stream:
            data = stream.read(_MOST_BYTES + 1)
    except (OSError, EOFError, UnreadableRestError) as error:
        raise InputError(f"{path}: cannot be read ({error}); it must be text, an address on each line") from error
    if len(data) > _MOST_BYTES:
        raise InputError(f"{path}: is larger than {_MOST_BYTES:,} bytes; split it")
    addresses = sitemap_addresses(data, str(path))
    if addresses is not None:
        return addresses
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeError as error:
        raise InputError(f"{path}: cannot be read ({error}); it must be text, an address on each line") from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
