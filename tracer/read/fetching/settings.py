"""How pages are fetched."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tracer.domain import SettingsError

_LONGEST = 86_400


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How pages are fetched; times in seconds, a day at the most.

    ``timeout``: longest wait for a connection and for each piece of an answer; ``longest`` for one page in all.
    ``max_bytes``: largest page, unpacked. ``delay``: pause between two requests to one host. ``retries``: how often a
    request is made again after a broken connection, 429, 502, 503 or 504. ``robots``: whether ``robots.txt`` is asked
    and obeyed. ``private``: whether addresses of this machine and of local networks may be asked. ``again``: fetch
    pages that the folder has already.

    Raises:
        SettingsError: on construction, naming every setting that cannot be used.
    """

    timeout: float = 20.0
    longest: float = 120.0
    max_bytes: int = 20 * 1024 * 1024
    delay: float = 1.0
    retries: int = 2
    robots: bool = True
    private: bool = False
    again: bool = False

    def __post_init__(self) -> None:
        problems = [
            f"{name} must be more than 0, not {getattr(self, name)}"
            for name in ("timeout", "longest", "max_bytes")
            if not getattr(self, name) > 0
        ]
        problems += [f"{name} must not be negative" for name in ("delay", "retries") if getattr(self, name) < 0]
        problems += [
            f"{name} must be at most {_LONGEST:,} seconds, not {getattr(self, name)}"
            for name in ("timeout", "longest", "delay")
            if math.isnan(getattr(self, name)) or getattr(self, name) > _LONGEST
        ]
        if problems:
            raise SettingsError(problems)
