"""Text of strangers: safe to print, and never wider than asked."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tracer.report.terminal import markdown, plain, shorten, wrapped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("as it is", "as it is"),
        ("two\n\nlines\tand  blanks", "two lines and blanks"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07shown", "shown"),
        ("\x9b2Jcleared", "cleared"),
        ("abc\u202etxt.exe\u2066x\u2069", "abctxt.exex"),
        ("zero\u200bwidth \u200emarks\u200f", "zerowidth marks"),
        ("tag\U000e0041ged", "tagged"),
        ("line\u2028separator", "line separator"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\x00\x07\x08\x7f", ""),
    ],
)
def test_what_a_terminal_would_obey_goes_and_the_rest_stays(text, shown):
    assert plain(text) == shown


@given(st.text(max_size=200))
@example("0\r\xad")
def test_plain_text_is_printable_and_settled(text):
    shown = plain(text)
    assert "\n" not in shown
    assert "\x1b" not in shown
    assert plain(shown) == shown


@given(st.text(max_size=120), st.integers(1, 40))
def test_shortened_text_fits(text, width):
    assert cell_len(shorten(text, width)) <= width


def test_shortening_shows_that_something_is_missing():
    assert shorten("a barrel of eels", 9) == "a barrel…"
    assert shorten("a barrel", 8) == "a barrel"


@given(st.text(max_size=200), st.integers(12, 60))
def test_wrapped_lines_fit_and_lose_no_word(text, width):
    shown = wrapped(text, width, "  - ")
    assert max(map(cell_len, shown.split("\n"))) <= width
    assert "".join(shown.split()).replace("-", "") == "".join(f"-{plain(text)}".split()).replace("-", "")


@pytest.mark.parametrize("mark", list("\\`*_[]<>|#~"))
def test_markdown_markup_is_escaped(mark):
    assert markdown(f"a{mark}b") == f"a\\{mark}b"


@pytest.mark.parametrize("text", ["\x1b[" * 500_000, "\u202e" * 1_000_000, "\x1b]" * 500_000, "x" * 1_000_000])
def test_a_megabyte_of_malice_is_only_text(text):
    shorten(text, 80)
    assert "\x1b" not in plain(text)
