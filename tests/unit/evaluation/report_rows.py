"""Rows of a report, written by hand."""

from __future__ import annotations

from typing import Any


def pair(left: str, right: str, kind: str, **cells: Any) -> dict[str, Any]:
    """A row of pairs.csv that is sure of its kind unless told otherwise."""
    sure = {f"p_{name}": int(name == kind) for name in ("lineage", "statement", "none")}
    return {"left": left, "right": right, "kind": kind, **sure, **cells}


def passage(left: str, right: str, places: tuple[int, int, int, int], **cells: Any) -> dict[str, Any]:
    """A row of passages.csv or regions.csv."""
    names = ("left_start", "left_stop", "right_start", "right_stop")
    return {"left": left, "right": right, **dict(zip(names, places, strict=True)), **cells}


def claim(name: str, text: str, articles: str, origins: float = 1, low: int = 1, high: int = 1) -> dict[str, Any]:
    """A row of claims.csv."""
    bounds = {"independent_origins_low": low, "independent_origins_high": high}
    return {"id": name, "text": text, "carried_by": articles, "independent_origins": origins, **bounds}


def sentence(claim_id: str, article: str, start: int, stop: int, **cells: Any) -> dict[str, Any]:
    """A row of claim_members.csv."""
    return {"claim": claim_id, "article": article, "start": start, "stop": stop, **cells}
