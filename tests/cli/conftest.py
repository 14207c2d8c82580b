"""Runs of the command line, in this process and in one of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracer.cli import main

WORLDS = Path(__file__).parents[2] / "fixtures" / "worlds"


@pytest.fixture
def worlds():
    """The folder of invented newsrooms."""
    return WORLDS


@pytest.fixture
def run(capfd):
    """Runs a command line in this process: exit code, standard output, standard error."""

    def running(*arguments):
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return int(code), out, err

    return running


@pytest.fixture
def spawn():
    """Runs a command line in a process of its own, with bytes for standard input."""

    def spawning(*arguments, stdin=b"", **environment):
        return subprocess.run(
            [sys.executable, "-m", "tracer", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            env={**os.environ, **environment},
            timeout=120,
            check=False,
        )

    return spawning
