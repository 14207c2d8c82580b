"""Ctrl-C, noticed once and for all."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from tracer.cli.exit_codes import ExitCode


class Interrupts:
    """Whether Ctrl-C was pressed, whatever became of the exception: libraries have been seen to swallow it."""

    def __init__(self) -> None:
        self.seen = False
        self._process = os.getpid()

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        """The signal handler."""
        if os.getpid() != self._process:
            os._exit(ExitCode.INTERRUPTED)  # a forked worker: nothing to say, nothing to clean up
        self.seen = True
        raise KeyboardInterrupt


@contextmanager
def watched_interrupts() -> Iterator[Interrupts]:
    """Ctrl-C seen by tracer while the block runs; outside the main thread, as it was."""
    interrupts = Interrupts()
    try:
        previous = signal.signal(signal.SIGINT, interrupts)
    except ValueError:
        yield interrupts
        return
    try:
        yield interrupts
    finally:
        signal.signal(signal.SIGINT, previous)


def stop_if_interrupted() -> None:
    """Raise again an interrupt that was swallowed.

    Raises:
        KeyboardInterrupt: when Ctrl-C was pressed since the program began.
    """
    handler = signal.getsignal(signal.SIGINT)
    if isinstance(handler, Interrupts) and handler.seen:
        raise KeyboardInterrupt
