"""``tracer fetch``: pages from the web into a folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracer.cli.interrupts import stop_if_interrupted
from tracer.cli.options import with_options
from tracer.cli.streams import note
from tracer.domain import InputError, SettingsError

if TYPE_CHECKING:
    from tracer.read.fetching import FetchSettings


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How pages are fetched."""

    again: Annotated[bool, typer.Option("--again", help="Fetch pages anew that the folder has already.")] = False
    delay: Annotated[float, typer.Option(metavar="SECONDS", help="Pause between two requests to one host.")] = 1.0
    timeout: Annotated[float, typer.Option(metavar="SECONDS", help="Longest wait for an answer.")] = 20.0
    max_bytes: Annotated[int, typer.Option(metavar="N", help="Largest page.")] = 20 * 1024 * 1024
    no_robots: Annotated[bool, typer.Option("--no-robots", help="Do not ask robots.txt; for sites of your own.")] = (
        False
    )
    private: Annotated[
        bool, typer.Option("--private", help="Allow addresses of this machine and of local networks.")
    ] = False

    def settings(self) -> FetchSettings:
        """The settings of the fetching.

        Raises:
            SettingsError: naming every setting that cannot be used.
        """
        from tracer.read.fetching import FetchSettings  # noqa: PLC0415 - --help must stay light

        return FetchSettings(
            timeout=self.timeout,
            max_bytes=self.max_bytes,
            delay=self.delay,
            robots=not self.no_robots,
            private=self.private,
            again=self.again,
        )


@with_options(FetchOptions)
def fetch(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the pages; kept if it exists.")],
    urls: Annotated[list[str] | None, typer.Argument(metavar="[URL]...", help="Addresses of pages.")] = None,
    file: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="A file with an address on each line, or a sitemap.")
    ] = None,
    *,
    options: FetchOptions,
) -> None:
    """Fetch pages into a folder, so that an audit of them can be repeated without a network.

    One after the other, with a pause, within what robots.txt allows. Audit the folder afterwards.
    """
    from importlib.util import find_spec  # noqa: PLC0415 - --help must stay light

    if find_spec("urllib3") is None:
        raise SettingsError(["fetching needs one more package: pip install 'tracer-news[html]'"])
    from tracer.read.fetching import fetch_pages, listed_addresses  # noqa: PLC0415
    from tracer.report.terminal import plain  # noqa: PLC0415

    settings = options.settings()
    wanted = [*(urls or ()), *(listed_addresses(file) if file is not None else ())]
    if not wanted:
        raise InputError("no address was given; name some, or a file of them with --from")
    saved = 0
    for found in fetch_pages(wanted, out, settings, moment=lambda: datetime.now(UTC)):
        stop_if_interrupted()
        saved += found.path is not None
        where = f"{found.path}: " if found.path is not None else ""
        note(plain(f"{where}{found.url}" + (f" {found.reason}" if found.reason else "")))
    if not saved:
        raise InputError("no page could be fetched; see the reasons given for each")
