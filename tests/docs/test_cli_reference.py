"""The reference of the command line says what the program says."""

from pathlib import Path

import pytest

from tracer.cli.exit_codes import MEANINGS, ExitCode, exit_codes_markdown
from tracer.cli.reference import all_commands, cli_markdown, help_text

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize(("name", "made"), [("cli.md", cli_markdown), ("exit-codes.md", exit_codes_markdown)])
def test_the_page_is_what_the_code_makes(name, made):
    page = (REFERENCE / name).read_text(encoding="utf-8")
    assert page == made(), f"docs/reference/{name} is out of date: write {made.__module__}.{made.__name__}() to it"


def test_every_command_stands_in_the_page():
    page = (REFERENCE / "cli.md").read_text(encoding="utf-8")
    assert all(f"## tracer {' '.join(words)}\n" in page for words in all_commands())


def test_every_exit_code_has_a_meaning():
    assert set(MEANINGS) == set(ExitCode)


@pytest.mark.parametrize("command", [(), *all_commands()])
def test_help_fits_eighty_columns(command):
    assert max(map(len, help_text(*command).splitlines())) <= 80
