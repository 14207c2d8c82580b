"""The map over processes: order, failures, and work in flight."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator

import pytest

from tracer.domain import TracerError
from tracer.engine.workers import workers


def square(number: int) -> int:
    return number * number


def fail(number: int) -> int:
    raise ValueError(f"no {number}")


@pytest.mark.parametrize("jobs", [1, 2])
def test_workers_keep_the_order(jobs: int) -> None:
    """Results in the order of the items, also from an endless supply read lazily."""
    with workers(jobs) as run_over:
        assert list(run_over(square, range(50))) == [number * number for number in range(50)]
        assert list(run_over(square, [])) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failure_in_a_worker_is_raised_here(jobs: int) -> None:
    """The first exception of the function, and no process is left waiting."""
    with pytest.raises(ValueError, match="no 0"), workers(jobs) as run_over:
        list(run_over(fail, range(20)))


def test_work_in_flight_is_bounded() -> None:
    """A long input is never taken in at once."""
    taken = 0

    def supply() -> Iterator[int]:
        nonlocal taken
        for number in range(1_000):
            taken += 1
            yield number

    with workers(2) as run_over:
        results = run_over(square, supply())
        assert next(results) == 0
        assert taken <= 6


@pytest.mark.parametrize("jobs", [1, 2])
def test_collections_are_rare_in_workers_alone(jobs: int) -> None:
    """With one job that is this process, which afterwards is as it was, also after a failure."""
    before = gc.get_threshold()
    with workers(jobs) as run_over:
        assert next(run_over(collections, range(1))) > before[0]
    with pytest.raises(ValueError, match="no 0"), workers(jobs) as run_over:
        list(run_over(fail, range(1)))
    assert gc.get_threshold() == before


def collections(_number: int) -> int:
    return gc.get_threshold()[0]


def end(number: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_worker_is_told_with_what_to_do() -> None:
    """As happens where memory runs out."""
    with pytest.raises(TracerError, match="want of memory; run with fewer --jobs"), workers(2) as run_over:
        list(run_over(end, range(4)))
