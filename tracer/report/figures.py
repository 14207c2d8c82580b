"""Pictures of a report's largest story: its graph, its course in time, its outlets; needs matplotlib."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracer.domain import package
from tracer.report.drawn_story import DrawnStory, drawn_story
from tracer.report.growing_files import file_digest

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURES = ("figure-graph", "figure-outlets", "figure-timeline")
"""Names of the pictures; each comes as ``.png`` and ``.svg``."""
_STYLE: Any = {"svg.hashsalt": "tracer", "svg.fonttype": "path", "font.family": "DejaVu Sans", "font.size": 8}


def require_matplotlib() -> None:
    """Make sure that pictures can be drawn, before any work is done.

    Raises:
        TracerError: when matplotlib is not installed.
    """
    package("matplotlib", "plots")


def write_figures(directory: Path) -> dict[str, str]:
    """Draw the largest story of a finished report with at most 60 nodes; gives names and SHA-256 of the files.

    A picture that would show nothing is not written: the timeline without two dated articles, the others without an
    edge, all of them without a story of two articles. The same report gives the same bytes with the same version of
    matplotlib. Names are shortened and drawn as they are, never as formulas. Takes some seconds.

    Raises:
        InputError: when a table cannot be read.
        TracerError: when matplotlib is not installed.
        OSError: when a file cannot be written.
    """
    require_matplotlib()
    from matplotlib.style import context  # noqa: PLC0415 - an extra, and heavy

    story = drawn_story(directory)
    written: dict[str, str] = {}
    if story is not None:
        with context(["default", _STYLE]), warnings.catch_warnings():
            warnings.filterwarnings("ignore", r"Glyph .* missing from", UserWarning)
            for name, figure in _figures(story).items():
                written |= _saved(figure, directory, name)
    return written


def _figures(story: DrawnStory) -> dict[str, Figure]:
    from tracer.report.figure_panels import graph_figure, outlet_figure, timeline_figure  # noqa: PLC0415 - heavy

    drawn = zip(FIGURES, (graph_figure(story), outlet_figure(story), timeline_figure(story)), strict=True)
    return {name: figure for name, figure in drawn if figure is not None}


def _saved(figure: Figure, directory: Path, name: str) -> dict[str, str]:
    png, svg = directory / f"{name}.png", directory / f"{name}.svg"
    figure.savefig(png, dpi=150, metadata={"Software": None})
    figure.savefig(svg, metadata={"Date": None, "Creator": None})
    return {path.name: file_digest(path) for path in (png, svg)}
