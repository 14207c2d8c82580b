"""The reliability diagram and the risk–coverage curve as pictures; needs matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracer.domain import package
from tracer.evaluation.calibration import Forecasts, reliability
from tracer.evaluation.origin_scores import confidence_and_error, risk_coverage
from tracer.evaluation.scored_pairs import ScoredPair, weighed_pairs

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_STYLE: Any = {"svg.hashsalt": "tracer", "svg.fonttype": "path", "font.family": "DejaVu Sans", "font.size": 9}
_COLUMNS = 3
_PANEL = 2.7
_COLOUR = "#1f5a96"


def require_matplotlib() -> None:
    """Make sure that pictures can be drawn, before any work is done.

    Raises:
        TracerError: when matplotlib is not installed.
    """
    package("matplotlib", "plots")


def write_figures(entries: Sequence[Forecasts], pairs: Sequence[ScoredPair], folder: Path) -> list[str]:
    """Write ``reliability`` and ``risk_coverage`` as PNG and SVG; a figure without any data is not written.

    The same data gives the same bytes with the same version of matplotlib. Returns the names of the files.
    """
    require_matplotlib()
    from matplotlib import rc_context  # noqa: PLC0415 - an extra, and heavy

    weighed = weighed_pairs(pairs)
    written: list[str] = []
    with rc_context(_STYLE):
        if drawn := [entry for entry in entries if len(entry.probability)]:
            written += _save(_reliability(drawn), folder, "reliability")
        if weighed:
            written += _save(_risk_coverage(weighed), folder, "risk_coverage")
    return written


def _save(figure: Figure, folder: Path, name: str) -> list[str]:
    figure.savefig(folder / f"{name}.png", dpi=150, metadata={"Software": None})
    figure.savefig(folder / f"{name}.svg", metadata={"Date": None, "Creator": None})
    return [f"{name}.png", f"{name}.svg"]


def _reliability(entries: Sequence[Forecasts]) -> Figure:
    """One panel per probability column: mean probability against the share come true, with the number of cases."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - an extra, and heavy

    columns = min(_COLUMNS, len(entries))
    rows = -(-len(entries) // columns)
    figure = Figure(figsize=(_PANEL * columns, _PANEL * rows), layout="constrained")
    for place, entry in enumerate(entries, start=1):
        panel = figure.add_subplot(rows, columns, place)
        points = list(reliability(entry))
        panel.plot([0, 1], [0, 1], color="0.7", linewidth=1)
        panel.scatter([p[3] for p in points], [p[4] for p in points], [8 * p[2] ** 0.5 for p in points], _COLOUR)
        for _, _, number, said, true in points:
            panel.annotate(str(number), (said, true), (0, 7), textcoords="offset points", fontsize=7, ha="center")
        panel.set(xlim=(-0.05, 1.05), ylim=(-0.05, 1.15), title=f"{entry.column} (n = {len(entry.probability)})")
        panel.set_aspect("equal")
    figure.supxlabel("mean probability in the bin")
    figure.supylabel("share that came true")
    return figure


def _risk_coverage(pairs: list[ScoredPair]) -> Figure:
    """The error rate of choosing the likelier side among the surest pairs, against their share."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - an extra, and heavy

    points = list(risk_coverage(*confidence_and_error(pairs)))
    figure = Figure(figsize=(1.6 * _PANEL, 1.2 * _PANEL), layout="constrained")
    panel = figure.add_subplot()
    panel.step([point[1] for point in points], [point[2] for point in points], where="post", color=_COLOUR)
    panel.plot([point[1] for point in points], [point[2] for point in points], "o", color=_COLOUR, markersize=3)
    panel.set(xlim=(0, 1.03), ylim=(-0.02, 1.02), title=f"direction, surest pairs first (n = {len(pairs)})")
    panel.set(xlabel="coverage: share of pairs decided", ylabel="risk: share of them decided wrong")
    return figure
