"""The map over processes: order, failures, and work in flight."""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

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


def test_work_in_flight_is_bounded(tmp_path: Path) -> None:
    """However long the input, no more than six items are begun and not done."""
    done = tmp_path / "done"
    done.touch()

    def supply() -> Iterator[Path]:
        for taken in range(1, 101):
            assert taken - done.stat().st_size <= 6
            yield done

    with workers(2) as run_over:
        assert list(run_over(lengthen, supply())) == [None] * 100


def lengthen(path: Path) -> None:
    with path.open("ab", buffering=0) as stream:
        stream.write(b".")


def test_one_long_item_keeps_no_other_waiting(tmp_path: Path) -> None:
    """The first waits for the last, which comes long after as many as may be in flight; still in order."""
    with workers(2) as run_over:
        assert list(run_over(partial(wait_for_last, tmp_path / "done"), range(30))) == list(range(30))


def wait_for_last(done: Path, number: int) -> int:
    if number == 29:
        done.touch()
    while number == 0 and not done.exists():
        time.sleep(0.01)
    return number


def test_more_is_begun_while_results_are_worked_on(tmp_path: Path) -> None:
    """With each result that is taken an item is begun, also when all that are in flight are done by then."""
    done, gate = tmp_path / "done", tmp_path / "gate"
    done.touch()
    taken = 0

    def supply() -> Iterator[Path]:
        nonlocal taken
        for taken in range(1, 41):
            if taken == 6:
                gate.touch()
            yield done

    with workers(2) as run_over:
        results = run_over(partial(lengthen_behind, gate), supply())
        next(results)
        for handed_on in range(1, 12):
            while done.stat().st_size < taken:
                time.sleep(0.01)
            before = taken
            next(results)
            assert taken == before + (before - handed_on < 6)


def lengthen_behind(gate: Path, path: Path) -> None:
    while not gate.exists():
        time.sleep(0.01)
    lengthen(path)


@pytest.mark.parametrize("jobs", [1, 2])
def test_collections_are_rare_while_there_are_workers(jobs: int) -> None:
    """In them and in this process, which afterwards is as it was, also after a failure."""
    before = gc.get_threshold()
    with workers(jobs) as run_over:
        assert next(run_over(collections, range(1))) > before[0]
        assert collections(0) > before[0]
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
