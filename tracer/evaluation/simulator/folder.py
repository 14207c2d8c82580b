"""A simulation written to a folder that appears whole or not at all."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tracer.domain import Article, check_folder, whole_folder
from tracer.evaluation.simulator.settings import SimulationSettings
from tracer.evaluation.simulator.simulation import Simulation

ARTICLES, TRUTH, RECORD = "articles.jsonl", "truth.json", "simulation.json"
TOOL = "tracer simulate"


def check_output(directory: Path, *, overwrite: bool) -> None:
    """Refuse a directory that a simulation must not be written to; see :func:`tracer.domain.check_folder`.

    Raises:
        OutputError: when the directory is taken.
    """
    check_folder(directory, _written, overwrite=overwrite)


def _written(directory: Path) -> set[str]:
    try:
        found = json.loads((directory / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return set()
    return {ARTICLES, TRUTH, RECORD} if isinstance(found, dict) and found.get("tool") == TOOL else set()


def write_simulation(
    simulation: Simulation, settings: SimulationSettings, directory: Path, *, overwrite: bool = False
) -> None:
    """Write ``articles.jsonl``, ``truth.json`` and ``simulation.json``; the same simulation gives the same bytes.

    ``truth.json`` is in the gold format; ``simulation.json`` holds the settings, counts, and base texts that could not
    be used. Everything is written beside ``directory`` and takes its place at the end; missing parents are made.

    Raises:
        OutputError: as :func:`check_output`, and when the folder cannot be made, filled or moved.
    """
    with whole_folder(directory, _written, overwrite=overwrite) as folder:
        _fill(folder, simulation, settings)


def _fill(folder: Path, simulation: Simulation, settings: SimulationSettings) -> None:
    lines = "".join(json.dumps(_row(article), ensure_ascii=False) + "\n" for article in simulation.articles)
    (folder / ARTICLES).write_text(lines, encoding="utf-8", newline="")
    gold = simulation.truth.as_gold()
    parts = ",\n".join(f"{json.dumps(key)}: {_listed(value)}" for key, value in gold.items())
    (folder / TRUTH).write_text(f"{{\n{parts}\n}}\n", encoding="utf-8", newline="")
    record = json.dumps(_record(simulation, settings), ensure_ascii=False, indent=2) + "\n"
    (folder / RECORD).write_text(record, encoding="utf-8", newline="")


def _row(article: Article) -> dict[str, str]:
    row = {"id": article.id, "outlet": article.outlet or "", "title": article.title or ""}
    date = article.published.isoformat()
    return row | ({"date": date} if date else {}) | {"text": article.text}


def _listed(value: Any) -> str:
    """A list with one entry a line, so that the file can be read and compared; anything else as it is."""
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "[" + ",".join("\n  " + json.dumps(entry, ensure_ascii=False) for entry in value) + "\n]"


def _record(simulation: Simulation, settings: SimulationSettings) -> dict[str, Any]:
    try:
        known = version("tracer-news")
    except PackageNotFoundError:
        known = "unknown"
    pairs = simulation.truth.pairs
    kinds = {kind: sum(pair["kind"] == kind for pair in pairs) for kind in ("lineage", "statement", "none")}
    return {
        "tool": TOOL,
        "version": known,
        "settings": asdict(settings) | {"recipes": dict(settings.mix())},
        "counts": {"stories": len(simulation.truth.stories), "articles": len(simulation.articles), "pairs": kinds},
        "skipped": [asdict(entry) for entry in simulation.skipped],
    }
