"""The labelled data as files that training reads: ``python tests/acceptance/training_data.py OUT``."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
KINDS = {"lineage", "statement", "none"}
LIFT = {
    "left": "nyt_2016-07-15_latest-poll-has-trump-pulling-ev",
    "right": "west-journal_2016-07-14_hillary-clinton-visit-to-police-",
    "kind": "lineage",
}
"""The one pair of the unrelated articles that really shares a journalist's words."""


def as_gold(pair: dict[str, Any]) -> dict[str, Any]:
    """A labelled pair in tracer's gold format."""
    immediacy = {"unclear": "unresolved"}.get(pair["immediacy"], pair["immediacy"])
    is_directed = pair["origin"] in {"left->right", "right->left"}
    return {
        "left": pair["left"],
        "right": pair["right"],
        "kind": pair["kind"],
        "origin": pair["origin"],
        "immediacy": immediacy if is_directed else None,
    }


def write_training_data(out: Path, shared: Path = SHARED) -> list[str]:
    """Write the files to ``out`` and return the arguments that name them."""
    out.mkdir(parents=True, exist_ok=True)
    lines = (shared / "news-dev" / "pairs_gold.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [as_gold(pair) for pair in map(json.loads, lines) if pair["kind"] in KINDS]
    wanted = {pair[side] for pair in pairs for side in ("left", "right")}
    with gzip.open(shared / "news-dev" / "articles.jsonl.gz", "rt", encoding="utf-8") as rows:
        text = "".join(row for row in rows if json.loads(row)["id"] in wanted)
    (out / "news-articles.jsonl").write_text(text, encoding="utf-8")
    (out / "news-gold.json").write_text(json.dumps({"pairs": pairs}), encoding="utf-8")
    (out / "lifts.json").write_text(json.dumps({"pairs": [LIFT]}), encoding="utf-8")
    unrelated = str(shared / "polnear-train" / "articles.jsonl.gz")
    return [
        *("--gold", str(out / "news-articles.jsonl"), str(out / "news-gold.json")),
        *("--unrelated", unrelated, str(out / "lifts.json")),
        *("--base", str(shared / "releases-dev" / "releases.jsonl.gz")),
        *("--test-base", unrelated),
    ]


if __name__ == "__main__":
    print(" ".join(write_training_data(Path(sys.argv[1]))))
