"""Killed at any moment, an archive loses nothing that it reported; cut short while it is read, it is told damaged."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from archive_world import article, near_ids, newsroom

from tracer.archive import Archive

ROOM = newsroom(160)
ASKED = [article(f"x{n}", n * 20 + 1, n * 20 + 6, outlet="New") for n in range(40)]
PART = 8


def add_in_parts(path, pipe):
    """What the process to be killed does: add, and report each part once it is safe."""
    with Archive(path, create=True) as archive:
        for start in range(0, len(ROOM), PART):
            archive.add(ROOM[start : start + PART])
            if start == 80:
                archive.remove([ROOM[0].id])
                archive.add([ROOM[0]])
            os.write(pipe, b".")


def killed_after(path, seconds):
    """Run ``add_in_parts`` in a process of its own, kill it after ``seconds``; how many parts it reported."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(read)
            add_in_parts(path, write)
        finally:
            os._exit(0)
    os.close(write)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    reported = b""
    while part := os.read(read, 4096):
        reported += part
    os.close(read)
    return len(reported)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What an archive that nobody killed answers, and how long its making takes."""
    path = tmp_path_factory.mktemp("whole") / "a"
    begun = time.monotonic()
    with Archive(path, create=True) as archive:
        for start in range(0, len(ROOM), PART):
            archive.add(ROOM[start : start + PART])
        return near_ids(archive, ASKED), time.monotonic() - begun


@pytest.mark.parametrize("moment", range(20))
def test_killed_at_any_moment(moment, undisturbed, tmp_path):
    answers, seconds = undisturbed
    reported = killed_after(tmp_path / "a", np.random.default_rng(moment).random() * seconds * 1.2)
    with Archive(tmp_path / "a", create=True) as archive:
        assert archive.check().problems == ()
        held = {entry.id for entry in archive.articles()}
        taken_out = {ROOM[0].id}  # perhaps killed before it was added again
        assert {entry.id for entry in ROOM[: reported * PART]} <= held | taken_out
        assert archive.add(ROOM).stored == len(ROOM)
        assert near_ids(archive, ASKED) == answers
        assert archive.check().problems == ()


CUT_SHORT = """
import os, sys
from pathlib import Path
from archive_world import article
from tracer.archive import Archive, tracing
from tracer.domain import InputError

path = Path(sys.argv[1])
tracing._SPLIT_TOGETHER = 1
asked = [article(f"x{n}", n * 20 + 1, n * 20 + 6, outlet="New") for n in range(8)]
try:
    list(Archive(path).answers(asked, lambda found: os.truncate(path, 16_384)))
except InputError as error:
    print(error)
"""


def test_a_file_cut_short_while_it_is_read_is_told(tmp_path):
    """As where it is copied over, or the disk it lies on fills up; in a process of its own, lest it end this one."""
    draw = np.random.default_rng(5)
    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(replace(entry, text=f"{entry.text} {draw.bytes(4_000).hex()}") for entry in newsroom(40))
    done = subprocess.run(
        [sys.executable, "-c", CUT_SHORT, str(tmp_path / "a")],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "the archive is damaged" in done.stdout
