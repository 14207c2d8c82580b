"""What the pages tell their reader to run does run, and prints what they show."""

from __future__ import annotations

import pytest
from doc_pages import blocks, is_left_alone, page_id, pages
from doc_runs import refreshed, run_page

RUNNABLE = {"python", "console", "sh", "r"}


def _with_blocks():
    texts = ((page, page.read_text(encoding="utf-8")) for page in pages())
    return [
        pytest.param(text, id=page_id(page))
        for page, text in texts
        if any(block.language in RUNNABLE for block in blocks(text))
    ]


@pytest.mark.parametrize("text", _with_blocks())
def test_examples_run_and_print_what_is_shown(text, tmp_path):
    """Python runs without an exception, commands end with 0; ``python tests/docs/refresh.py`` mends what is shown."""
    run = run_page(text, tmp_path)
    assert not run.failures
    assert refreshed(text, run.bodies) == text


@pytest.mark.parametrize("page", pages(), ids=page_id)
def test_marks_above_blocks_are_understood(page):
    """A block is run unless its mark gives a reason; no mark is mistyped into silence."""
    for block in blocks(page.read_text(encoding="utf-8")):
        known = not block.mark or block.mark == "output" or block.mark.startswith("shown: ")
        assert known or is_left_alone(block), block.mark
