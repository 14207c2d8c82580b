"""A simulation written to a folder that appears whole or not at all."""

from __future__ import annotations

import json
import secrets
import shutil
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tracer.domain import Article, OutputError
from tracer.evaluation.simulator.settings import SimulationSettings
from tracer.evaluation.simulator.simulation import Simulation

ARTICLES, TRUTH, RECORD = "articles.jsonl", "truth.json", "simulation.json"
TOOL = "tracer simulate"
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def check_folder(directory: Path, *, overwrite: bool) -> None:
    """Refuse a directory that a simulation must not be written to. Cheap: to be asked before the work is done.

    Free are a path where nothing stands and an empty directory. With ``overwrite`` so is a directory that holds an
    earlier simulation and nothing else.

    Raises:
        OutputError: when the directory is taken.
    """
    try:
        if not directory.exists() and not directory.is_symlink():
            return
        if not directory.is_dir():
            raise OutputError(f"{directory} exists and is not a directory; choose another output directory")
        names = {entry.name for entry in directory.iterdir()}
    except OSError as error:
        raise OutputError(f"{directory} cannot be looked into ({error.strerror}); choose another directory") from error
    if not names:
        return
    if not overwrite:
        raise OutputError(f"{directory} exists already; choose another output directory, or ask to overwrite it")
    if not _is_simulation(directory) or names - {ARTICLES, TRUTH, RECORD} - _LITTER:
        raise OutputError(
            f"{directory} holds what tracer simulate did not write, so it is not overwritten; "
            "move that away or choose another output directory"
        )


def _is_simulation(directory: Path) -> bool:
    try:
        found = json.loads((directory / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("tool") == TOOL


def write_simulation(
    simulation: Simulation, settings: SimulationSettings, directory: Path, *, overwrite: bool = False
) -> None:
    """Write ``articles.jsonl``, ``truth.json`` and ``simulation.json``; the same simulation gives the same bytes.

    ``truth.json`` is in the gold format; ``simulation.json`` holds the settings, counts, and base texts that could not
    be used. Everything is written beside ``directory`` and takes its place at the end; missing parents are made.

    Raises:
        OutputError: as :func:`check_folder`, and when the folder cannot be made, filled or moved.
    """
    check_folder(directory, overwrite=overwrite)
    target = directory.resolve()
    token = secrets.token_hex(4)
    work, old = (target.with_name(f".{target.name}.{token}.{role}") for role in ("part", "old"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work.mkdir()
        try:
            _fill(work, simulation, settings)
            _take_place(work, target, old)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"{directory} cannot be written ({error.strerror or error}); "
            "check permissions and free space, or choose another output directory"
        ) from error


def _take_place(work: Path, target: Path, old: Path) -> None:
    try:
        if target.exists():
            target.rename(old)
        work.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise


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
