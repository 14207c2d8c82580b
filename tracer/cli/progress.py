"""Progress bars on standard error, for long work in front of somebody."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tracer.cli.interrupts import stop_if_interrupted

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_LONG = 200
"""Units of work from which a stage is worth a bar."""


class StageObserver:
    """Takes note of the time of each stage.

    Draws a bar with rate and remaining time where standard error is a terminal and the stage is long.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._begun: dict[str, float] = {}
        self._bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Told how far a stage has come; here a swallowed Ctrl-C comes up again."""
        stop_if_interrupted()
        now = time.monotonic()
        self.seconds[stage] = now - self._begun.setdefault(stage, now)
        if total >= _LONG and sys.stderr.isatty():
            self._draw(stage, done, total)

    def _draw(self, stage: str, done: int, total: int) -> None:
        if self._bars is None:
            from rich.console import Console  # noqa: PLC0415 - only where a bar is drawn
            from rich.progress import (  # noqa: PLC0415
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeRemainingColumn,
            )

            self._bars = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bars.start()
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total, rate="")
        seconds = self.seconds[stage]
        rate = f"{done / seconds:,.0f}/s" if seconds > 1 else ""
        self._bars.update(self._tasks[stage], completed=done, total=total, rate=rate)
