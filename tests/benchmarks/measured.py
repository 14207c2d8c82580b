"""What a command costs: wall and CPU seconds, memory of its process tree, bytes it keeps on disk.

Used by the scripts beside it. Reads ``/proc``, so it works on Linux only.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_PERIOD = 0.5
_SHARE, _LONGEST_PAUSE = 0.01, 10.0
"""Of the time, at most about this much goes into weighing memory, and as much into weighing what is on disk, but each
is done every so many seconds: it takes long where it is much, and would be added to what is measured."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took.

    ``wall`` and ``cpu`` are seconds, CPU of all its processes. ``tree_memory`` is the largest sum, over the process
    tree at one moment, of proportional set sizes in bytes (pages that processes share count once); it is sampled twice
    a second, or more seldom the more there is to look through. ``largest_memory`` is the largest resident set of a
    single process in bytes, as the kernel keeps it.
    ``disk`` holds, per watched folder or file, the most bytes it was seen to hold, looked at more seldom the more files
    there are. ``code`` is the exit code.
    """

    wall: float
    cpu: float
    tree_memory: int
    largest_memory: int
    disk: Mapping[str, int]
    code: int


def measure(
    command: Sequence[str],
    log: Path,
    watched: Mapping[str, Path] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Cost:
    """Run ``command``, what it prints going to the file ``log``, and say what it took.

    ``watched`` names folders or files whose size is followed; they need not exist yet. ``environment`` is laid over
    this process's own.
    """
    samples = _Samples(dict(watched or {}))
    started = time.perf_counter()
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command, stdout=sink, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}
        )
        stop = threading.Event()
        thread = threading.Thread(target=samples.follow, args=(process.pid, stop))
        thread.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        stop.set()
        thread.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    samples.weigh()
    return Cost(
        wall=wall,
        cpu=max(usage.ru_utime + usage.ru_stime, samples.cpu),
        tree_memory=samples.memory,
        largest_memory=usage.ru_maxrss * 1024,
        disk=samples.disk,
        code=process.returncode,
    )


def size_on_disk(path: Path) -> int:
    """Bytes of a file, or of all files below a folder; 0 when there is nothing."""
    if path.is_file():
        return path.stat().st_size
    total = 0
    for folder, _, names in os.walk(path):
        for name in names:
            try:
                total += (Path(folder) / name).lstat().st_size
            except OSError:  # removed meanwhile
                continue
    return total


class _Samples:
    """The largest figures seen so far."""

    def __init__(self, watched: Mapping[str, Path]) -> None:
        self.watched = watched
        self.memory, self.cpu = 0, 0.0
        self.disk = dict.fromkeys(watched, 0)

    def follow(self, root: int, stop: threading.Event) -> None:
        next_sample = next_weighing = 0.0
        while not stop.wait(_PERIOD):
            now = time.perf_counter()
            if now >= next_sample:
                next_sample = now + _pause(lambda: self.sample(root))
            if now >= next_weighing:
                next_weighing = now + _pause(self.weigh)

    def sample(self, root: int) -> None:
        memory, cpu = 0, 0.0
        for pid in _tree(root):
            memory += _proportional_memory(pid)
            cpu += _seconds(pid)
        self.memory, self.cpu = max(self.memory, memory), max(self.cpu, cpu)

    def weigh(self) -> None:
        for name, path in self.watched.items():
            self.disk[name] = max(self.disk[name], size_on_disk(path))


def _pause(look: Callable[[], None]) -> float:
    """For how many seconds not to look again, by what looking costs this thread."""
    began = time.thread_time()
    look()
    return min(_LONGEST_PAUSE, (time.thread_time() - began) / _SHARE)


def _tree(root: int) -> Iterator[int]:
    """The process and all its descendants that live now."""
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        yield pid
        try:
            for task in (_PROC / str(pid) / "task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
        except OSError:  # ended meanwhile
            continue


def _proportional_memory(pid: int) -> int:
    try:
        for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def _seconds(pid: int) -> float:
    """CPU seconds of a process and of its children that have ended."""
    try:
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / _TICKS
