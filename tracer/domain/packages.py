"""Packages that are there only with an extra."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from tracer.domain.errors import TracerError


def package(name: str, extra: str) -> ModuleType:
    """The package ``name``, which comes with an ``extra`` of this project.

    Raises:
        TracerError: when it is not installed; it says what to install.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise TracerError(f'{name} is not installed; run: pip install "tracer-news[{extra}]"') from error
