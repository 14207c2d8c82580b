"""The command line: the only floor that prints, draws progress or exits."""

from tracer.cli.entry import main

__all__ = ["main"]
