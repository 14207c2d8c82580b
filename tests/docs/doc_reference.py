"""What the reference pages should say, made from the code."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from typing import Any

import tracer
from tracer.evidence import Question, shipped_weights
from tracer.report import Table

API_HEAD = """# Python interface

Made from the docstrings by `python tests/docs/refresh.py`; a test compares the two. `from tracer import …` loads each
name on first use. [How to use tracer from Python](../how-to/use-from-python.md) shows them at work;
[settings](settings.md) explains every setting.
"""
CLUE_HEADING = re.compile(r"(?m)^### `(\w+)`\n")
QUESTION_HEADING = re.compile(r"(?m)^## The question `(\w+)`\n")


def python_api() -> str:
    """``docs/reference/python-api.md``."""
    things = {name: getattr(tracer, name) for name in sorted(tracer.__all__)} | {"Table": Table}
    return API_HEAD + "".join(f"\n## `{name}`\n\n{_entry(name, thing)}" for name, thing in sorted(things.items()))


def _entry(name: str, thing: Any) -> str:
    parts = [f"```text\n{_signature(name, thing)}\n```\n"] if not _is_bare(thing) else []
    parts.append(_markdown(inspect.getdoc(thing) or ""))
    if isinstance(thing, type) and issubclass(thing, Enum):
        parts.append("Values: " + ", ".join(f"`{member.name}` = `{member.value!r}`" for member in thing) + ".\n")
    elif isinstance(thing, type):
        parts += _methods(thing)
    return "\n".join(parts)


def _is_bare(thing: Any) -> bool:
    return isinstance(thing, type) and not is_dataclass(thing)


def _methods(kind: type) -> Iterator[str]:
    for name, value in vars(kind).items():
        if name.startswith("_"):
            continue
        if isinstance(value, property):
            yield f"**`.{name}`** – {_markdown(inspect.getdoc(value) or '')}"
        elif inspect.isfunction(value):
            yield f"**`.{name}({_arguments(value)})`** – {_markdown(inspect.getdoc(value) or '')}"


def _arguments(function: Any) -> str:
    return ", ".join(name for name in inspect.signature(function).parameters if name != "self")


def _signature(name: str, thing: Any) -> str:
    signature = inspect.signature(thing)
    lines, starred = [], False
    for parameter in signature.parameters.values():
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and not starred:
            lines.append("    *,")
            starred = True
        default = "" if parameter.default is inspect.Parameter.empty else f" = {_default(parameter.default)}"
        lines.append(f"    {parameter.name}: {parameter.annotation}{default},")
    answer = "" if isinstance(thing, type) else f" -> {signature.return_annotation}"
    return f"{name}(\n" + "\n".join(lines) + f"\n){answer}"


def _default(value: Any) -> str:
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if repr(value) == "<factory>":
        return "…"
    if is_dataclass(value):
        return f"{type(value).__name__}()"
    return getattr(value, "__name__", repr(value))


def _markdown(docstring: str) -> str:
    """A docstring as Markdown: code spans, and what it raises as a list."""
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", docstring.replace("``", "`"))
    body, _, raised = text.partition("Raises:\n")
    lines = [body.rstrip()]
    if raised:
        joined = re.sub(r"\n {8,}", " ", raised).strip()
        lines += ["", "Raises:", ""] + [f"- {line.strip()}" for line in joined.splitlines() if line.strip()]
    return re.sub(r"(?m)^( +)(?=\S)", "    ", "\n".join(lines)) + "\n"


def default_of(field: Field[Any]) -> str:
    """A setting's default as the page of settings writes it."""
    if field.name == "jobs":
        return "one per processor"
    value = field.default if field.default is not MISSING else field.default_factory()  # type: ignore[misc]
    return type(value).__name__ if is_dataclass(value) else f"{value:,}" if type(value) is int else str(value)


def setting_rows(kind: type) -> Iterator[str]:
    """How the row of each setting begins."""
    return (f"| `{field.name}` | {default_of(field)} |" for field in fields(kind))


def clue_figures(name: str) -> str:
    """The line of figures under a clue's heading."""
    parts = [
        f"{question} {signed(rule.weight)} (at most {round(rule.cap, 2):g})"
        for question in Question
        if (rule := shipped_weights().questions[question].clues.get(name))
    ]
    return "Weight: " + ", ".join(parts) + ".\n"


def question_figures(name: str) -> str:
    """The line of figures under a question's heading."""
    return f"Prior: {signed(shipped_weights().questions[Question(name)].prior)}.\n"


def cue_rows() -> str:
    """The table of cues."""
    return "".join(f"| `{name}` | {value:g} |\n" for name, value in shipped_weights().cues.items())


def signed(value: float) -> str:
    """A weight as the pages write it, to two decimals."""
    return f"{round(value, 2):+g}".replace("-", "−") if round(value, 2) else "0"


def with_figures(page: str) -> str:
    """``docs/reference/clues.md`` with the figures of the weights file."""
    page = re.sub(r"(?m)^(### `(\w+)`\n\n)Weight:.*\n", lambda m: m[1] + clue_figures(m[2]), page)
    page = re.sub(r"(?m)^(## The question `(\w+)`\n\n)Prior:.*\n", lambda m: m[1] + question_figures(m[2]), page)
    for name, value in shipped_weights().statement.items():
        page = re.sub(rf"(`{name}`(?: is)?\s)[+−]?[\d.]*\d", lambda m, value=value: m[1] + signed(value), page)  # type: ignore[misc]
    return re.sub(r"(?m)(^\| cue \| confidence \|\n\|.*\n)(?:^\|.*\n)*", lambda m: m[1] + cue_rows(), page)
