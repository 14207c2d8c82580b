"""An order-keeping map over processes, with bounded work in flight."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import Protocol, TypeVar

from tracer.domain import TracerError

_IN_FLIGHT_PER_JOB = 3
_ALLOCATIONS_PER_ROUND = 1_000_000
"""More than a batch of split articles takes: rounds would look at them all and find nothing to free."""

T = TypeVar("T")
R = TypeVar("R")


class Workers(Protocol):
    """Applies a function to each item and yields the results in the order of the items."""

    def __call__(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
        """Results in order; the first exception of the function is raised."""


@contextmanager
def workers(jobs: int) -> Iterator[Workers]:
    """A map on ``jobs`` processes, or in this one when ``jobs`` is 1.

    At most ``3 · jobs`` items are being worked on or wait for it, so a long input is never pickled all at once; results
    that came before those of earlier items are kept. On the way out, and on an exception or interrupt, work that has
    not begun is dropped; the workers leave interrupts to this process, and end at once when it is killed. The processes
    are there before the block begins, so that they share no file it opens.

    Raises:
        TracerError: from the map, when a worker process was killed.
    """
    if jobs <= 1:
        with _rare_collections():
            yield map
        return
    pool = ProcessPoolExecutor(jobs, initializer=_begin)
    pool.submit(int).result()

    def run(function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
        waiting: deque[Future[R]] = deque()
        most = _IN_FLIGHT_PER_JOB * jobs
        room = threading.Semaphore(most)
        supply = iter(items)
        try:
            # One item that takes long keeps no other from being begun: room is made by whichever is done.
            while room.acquire() and (taken := list(islice(supply, 1))):
                waiting.append(pool.submit(function, *taken))
                waiting[-1].add_done_callback(lambda _: room.release())
                while waiting[0].done():
                    yield waiting.popleft().result()
                    if len(waiting) < most:  # more is begun first, so that nobody idles while a result is worked on
                        break
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise TracerError(
                f"one of the {jobs} worker processes was ended from outside, most likely for want of memory; "
                "run with fewer --jobs"
            ) from error

    try:
        with _rare_collections():
            yield run
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Make rounds of garbage collection rare: articles, pairs and links are many small records without cycles."""
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS_PER_ROUND)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _begin() -> None:
    """What a worker process does first; in it, rounds of garbage collection are rare to its end.

    They pass over what it has from the process that began it, so that the pages of that stay shared.
    """
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS_PER_ROUND)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End when the process that began this one has ended; otherwise workers of a killed run wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        signal.raise_signal(signal.SIGTERM)
