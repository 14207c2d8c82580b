"""In front of a terminal: its width is used, and progress shows only there and only for long work."""

import fcntl
import os
import struct
import subprocess
import sys
import termios

import pytest
from rich.cells import cell_len

from tracer.cli.progress import StageObserver
from tracer.cli.streams import visible


def _on_terminal(columns, *arguments):
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen([sys.executable, "-m", "tracer", *map(str, arguments)], stdout=theirs, stderr=theirs)
    os.close(theirs)
    printed = b""
    try:
        while chunk := os.read(ours, 65536):
            printed += chunk
    except OSError:
        pass  # the other end was closed
    os.close(ours)
    return process.wait(timeout=60), printed.decode()


@pytest.mark.parametrize(("columns", "widest"), [(40, 80), (120, 120), (300, 140)])
def test_an_audit_uses_the_terminals_width_within_bounds(worlds, columns, widest):
    code, shown = _on_terminal(columns, "audit", worlds / "harbour-ferry" / "articles")
    assert code == 0
    assert "\x1b" not in shown
    assert widest - 25 <= max(map(cell_len, shown.splitlines())) <= widest


class _Terminal:
    def __init__(self, stream):
        self._stream = stream

    def isatty(self):
        return True

    def __getattr__(self, name):
        return getattr(self._stream, name)


@pytest.mark.parametrize(("is_terminal", "total", "draws"), [(True, 500, True), (True, 5, False), (False, 500, False)])
def test_progress_is_drawn_for_long_work_in_front_of_somebody(capsys, monkeypatch, is_terminal, total, draws):
    if is_terminal:
        monkeypatch.setattr(sys, "stderr", _Terminal(sys.stderr))
    with StageObserver() as observe:
        observe("reading articles", 0, total)
        observe("reading articles", total, total)
    out, err = capsys.readouterr()
    assert out == ""
    assert ("reading articles" in err) == draws
    assert list(observe.seconds) == ["reading articles"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("\x1b[31m", "\\u001b[31m"),
        ("a\u202eb", "a\\u202eb"),
        ("\U000e0041", "\\udb40\\udc41"),
        ("naïve 港", "naïve 港"),
    ],
)
def test_the_last_gate_shows_what_a_terminal_would_obey(text, shown):
    assert visible(text) == shown
