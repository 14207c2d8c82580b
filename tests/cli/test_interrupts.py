"""Ctrl-C half way: exit code 130, no half-written report, and a word on how to go on."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from tracer.cli.interrupts import watched_interrupts
from tracer.cli.progress import StageObserver

_WORDS = ("harbour", "lantern", "copper", "saddle", "orchard", "meadow", "kettle", "violin", "granite", "feather")
_DEADLINE = 60


def _many(path, articles):
    draw = random.Random(7)  # noqa: S311 - filler
    shared = " ".join(draw.choice(_WORDS) for _ in range(300))
    rows = (
        {
            "id": f"a{n:05d}",
            "text": shared + " " + " ".join(draw.choice(_WORDS) + str(draw.randrange(99)) for _ in range(200)),
        }
        for n in range(articles)
    )
    path.write_text("\n".join(json.dumps(row) for row in rows))


@pytest.mark.parametrize(("jobs", "seconds"), [("1", 0.5), ("1", 4), ("2", 4)])
def test_an_interrupted_report_leaves_nothing_but_its_work(tmp_path, jobs, seconds):
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    _many(source, 1500)
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "tracer", "report", str(source), "-o", str(out), "--jobs", jobs],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(seconds)
    assert process.poll() is None, "the input is too small to be interrupted half way"
    os.killpg(process.pid, signal.SIGINT)
    printed, said = process.communicate(timeout=_DEADLINE)
    assert process.returncode == 130
    assert printed == b""
    *more, last = said.decode().splitlines()
    assert last == "tracer: interrupted"
    kept = [entry.name for entry in tmp_path.iterdir() if entry != source]
    assert kept == ([".out.work"] if more else [])
    assert all("--resume" in line for line in more)


def test_an_interrupt_that_a_library_swallows_comes_up_again():
    with watched_interrupts():
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            StageObserver()("comparing pairs", 1, 2)


def test_the_handler_is_put_back_afterwards():
    before = signal.getsignal(signal.SIGINT)
    with watched_interrupts():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
