"""The pictures of one story, drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from matplotlib import dates
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from tracer.report.drawn_story import DrawnEdge, DrawnNode, DrawnStory, layers, short_name
from tracer.report.views.figures import probability

_COLOURS = {
    "article": "#dbe9f6",
    "statement": "#fdf0c4",
    "agency": "#f9d9c6",
    "outlet": "#d8eed6",
    "unseen": "#ffffff",
}
_LINES: Any = {"draws_on": "solid", "quotes": "dashed", "credits": "dotted"}
_INK = "#1f5a96"
_COLUMN, _ROW, _LEAST, _MARGIN = 3.2, 0.34, 2.4, 0.9
_MOST_HOUSES = 30
_DATES: Any = dates
Place = tuple[float, float]


def graph_figure(story: DrawnStory) -> Figure | None:
    """The provenance graph, from what is drawn on at the left to what is derived from it at the right.

    An arrow is as thick as its share of the target's words is great, and as dark as it is probable. ``None``
    without any.
    """
    columns = layers(story)
    if not columns:
        return None
    tallest = max(map(len, columns))
    figure, panel = _panel(_COLUMN * len(columns), max(_LEAST, _ROW * tallest + _MARGIN))
    places = {
        name: (float(x), (y + 0.5) * tallest / len(column))
        for x, column in enumerate(columns)
        for y, name in enumerate(column)
    }
    for edge in story.edges:
        (x, y), end = places[edge.source], places[edge.target]
        _arrow(panel, edge, (x + 0.05, y), end, rad=0.04)
    for name, place in places.items():
        _box(panel, story.nodes[name], place)
    panel.set(xlim=(-0.1, len(columns) - 0.3), ylim=(tallest + 0.2, -0.2))
    panel.set_axis_off()
    alone = sum(node.is_article for name, node in story.nodes.items() if name not in places)
    _heading(panel, story, "who draws on whom, as inferred" + (f"; {alone} without an arrow left out" if alone else ""))
    _legend(figure, story)
    return figure


def timeline_figure(story: DrawnStory) -> Figure | None:
    """The dated articles in order of their stamps, with an arrow for each edge between them; ``None`` for one."""
    dated = {name: node.published for name, node in story.nodes.items() if node.published}
    if len(dated) < 2:  # noqa: PLR2004 - no course in time with one
        return None
    order = sorted(dated, key=lambda name: (dated[name], name))
    figure, panel = _panel(9.0, max(_LEAST, _ROW * len(order) + _MARGIN))
    places = {name: (_number(dated[name]), float(y)) for y, name in enumerate(order)}
    for edge in story.edges:
        if edge.source in places and edge.target in places:
            _arrow(panel, edge, places[edge.source], places[edge.target], rad=0.1)
    panel.plot(*zip(*places.values(), strict=True), "o", color=_INK, markersize=5)
    panel.set_yticks(range(len(order)), [story.nodes[name].name for name in order], parse_math=False)
    panel.set_ylim(len(order) - 0.4, -0.6)
    locator = _DATES.AutoDateLocator(tz=UTC)
    panel.xaxis.set_major_locator(locator)
    panel.xaxis.set_major_formatter(_DATES.ConciseDateFormatter(locator, tz=UTC))
    panel.grid(axis="y", color="0.9")
    panel.set_axisbelow(True)
    panel.set_xlabel("published, UTC")
    undated = sum(node.is_article for node in story.nodes.values()) - len(dated)
    _heading(panel, story, "in order of publication" + (f"; {undated} undated left out" if undated else ""))
    return figure


def outlet_figure(story: DrawnStory) -> Figure | None:
    """P(upstream), added up over the edges from each outlet or source to each outlet; ``None`` without an edge."""
    surest: dict[tuple[str, str], float] = {}
    for edge in story.edges:
        surest[edge.source, edge.target] = max(edge.p, surest.get((edge.source, edge.target), 0.0))
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for (source, target), p in sorted(surest.items()):
        sums[story.nodes[source].house, story.nodes[target].house] += p
    if not sums:
        return None
    sources, targets = _heaviest(sums, 0), _heaviest(sums, 1)
    values = [[sums.get((source, target), 0.0) for target in targets] for source in sources]
    figure, panel = _panel(3.6 + 0.42 * len(targets), 2.8 + _ROW * len(sources))
    panel.imshow(values, cmap="Blues", vmin=0, aspect="auto")
    panel.set_xticks(
        range(len(targets)), map(short_name, targets), rotation=60, ha="right", rotation_mode="anchor", parse_math=False
    )
    panel.set_yticks(range(len(sources)), map(short_name, sources), parse_math=False)
    half = max(map(max, values)) / 2
    for y, row in enumerate(values):
        for x, value in enumerate(row):
            if value:
                panel.text(x, y, _sum(value), ha="center", va="center", color="white" if value > half else "black")
    panel.set(xlabel="what is derived from it", ylabel="source")
    _heading(panel, story, "P upstream, added up over the edges")
    return figure


def _panel(width: float, height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def _heading(panel: Axes, story: DrawnStory, text: str) -> None:
    drawn = sum(node.is_article for node in story.nodes.values())
    size = f"{drawn} inputs" if any(node.is_article and node.kind != "article" for node in story.nodes.values()) else ""
    size = size or f"{drawn} articles" if drawn == story.articles else f"{drawn} of {story.articles:,} articles"
    panel.set_title(f"{size}: {text}", fontsize=9, loc="left", parse_math=False)


def _arrow(panel: Axes, edge: DrawnEdge, start: Place, stop: Place, *, rad: float) -> None:
    style: dict[str, Any] = {
        "arrowstyle": "-|>",
        "linestyle": _LINES.get(edge.relation, "solid"),
        "linewidth": 0.6 + 2.4 * edge.share,
        "color": _INK,
        "alpha": 0.15 + 0.75 * edge.p,
        "shrinkA": 4,
        "shrinkB": 4,
        "connectionstyle": f"arc3,rad={rad}",
        "zorder": 1,
    }
    panel.annotate("", stop, start, arrowprops=style)


def _box(panel: Axes, node: DrawnNode, place: Place) -> None:
    frame = {
        "boxstyle": "round,pad=0.3",
        "facecolor": _COLOURS.get(node.kind, "#ffffff"),
        "edgecolor": "0.4",
        "linestyle": "dashed" if node.kind == "unseen" else "solid",
    }
    panel.text(*place, node.name, ha="left", va="center", fontsize=7, bbox=frame, parse_math=False, zorder=4)


def _legend(figure: Figure, story: DrawnStory) -> None:
    least = min((edge.p for edge in story.edges), default=1.0)
    shown = {edge.relation for edge in story.edges}
    handles = [
        Line2D([], [], color=_INK, linestyle=line, label=name.replace("_", " "))
        for name, line in _LINES.items()
        if name in shown
    ]
    if handles:
        title = f"thick: share of words; dark: P upstream, from {probability(least)}"
        figure.legend(handles=handles, loc="outside lower left", ncols=3, frameon=False, title=title, fontsize=7)


def _number(moment: datetime) -> float:
    return float(_DATES.date2num(moment))


def _sum(value: float) -> str:
    return probability(value) if value <= 1 else f"{value:.1f}"


def _heaviest(sums: Mapping[tuple[str, str], float], end: int) -> list[str]:
    """The houses at one end of the edges, those with the greatest sums."""
    weights: dict[str, float] = defaultdict(float)
    for ends, value in sorted(sums.items()):
        weights[ends[end]] += value
    return sorted(weights, key=lambda name: (-round(weights[name], 6), name))[:_MOST_HOUSES]
