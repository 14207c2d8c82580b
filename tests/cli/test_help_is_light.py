"""``--help`` answers at once: nothing heavy is imported for it."""

import subprocess
import sys

import pytest

HEAVY = ["sklearn", "scipy", "networkx", "numpy", "rapidfuzz", "dateutil", "tabulate", "pandas", "rich.progress"]
SCRIPT = """
import sys
from tracer.cli import main
code = main(sys.argv[1:])
print("\\nLOADED", *[name for name in {heavy!r} if name in sys.modules])
sys.exit(code)
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["audit", "--help"],
        ["report", "--help"],
        ["explain", "--help"],
        ["inspect", "--help"],
        ["evaluate", "--help"],
        ["simulate", "--help"],
        ["archive", "--help"],
        ["archive", "lookup", "--help"],
        ["--version"],
    ],
)
def test_help_and_version_load_nothing_heavy(arguments):
    script = SCRIPT.format(heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "LOADED"


@pytest.mark.parametrize("arguments", [["--help"], ["audit", "--help"], ["--version"]])
def test_help_and_version_are_data(run, arguments):
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert "tracer" in out


def test_no_command_is_wrong_usage_and_shows_help(run):
    code, out, err = run()
    assert code == 2
    assert "audit" in out + err
