"""``tracer evaluate`` on real labelled pairs. Run with ``pytest -s`` to see the whole table."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tracer.cli import main

IMMEDIACIES = {"direct": "direct", "unclear": "unresolved", None: None}
FLOORS = {
    "least": {
        "kind.accuracy": 0.85,
        "kind.auc": 0.9,
        "origin.accuracy": 0.75,
        "origin.coverage": 0.4,
        "direction.likelier_side": 0.85,
    },
    "most": {
        "kind.false_lineage_on_statement": 0.1,
        "direction.without_lineage": 0.03,
        "calibration.p_lineage.ece": 0.1,
    },
}


@pytest.fixture(scope="module")
def gold(news_dev: Path) -> list[dict[str, Any]]:
    """The labelled pairs in the words of a gold file."""
    pairs = map(json.loads, (news_dev / "pairs_gold.jsonl").read_text(encoding="utf-8").splitlines())
    names = ("left", "right", "kind", "origin")
    return [{name: pair[name] for name in names} | {"immediacy": IMMEDIACIES[pair["immediacy"]]} for pair in pairs]


@pytest.fixture(scope="module")
def folder(news_dev: Path, gold: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles of the labelled pairs reported with dates and without, the gold, and floors for the scores."""
    made = tmp_path_factory.mktemp("news")
    wanted = {pair[side] for pair in gold for side in ("left", "right")}
    with gzip.open(news_dev / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        chosen = "".join(line for line in lines if json.loads(line)["id"] in wanted)
    (made / "articles.jsonl").write_text(chosen, encoding="utf-8")
    (made / "gold.json").write_text(json.dumps({"pairs": gold}), encoding="utf-8")
    (made / "floors.json").write_text(json.dumps(FLOORS), encoding="utf-8")
    assert main(["report", str(made / "articles.jsonl"), "-o", str(made / "dated")]) == 0
    assert main(["report", str(made / "articles.jsonl"), "-o", str(made / "undated"), "--no-dates"]) == 0
    return made


def test_real_pairs_keep_their_floors(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report with dates keeps its level; the table beside it says what dates are worth."""
    files = {"--gold": "gold.json", "--against": "undated", "--floor": "floors.json", "-o": "scores"}
    options = [word for option, name in files.items() for word in (option, str(folder / name))]
    code = main(["evaluate", str(folder / "dated"), "--width", "140", *options])
    shown = capsys.readouterr()
    print(shown.out)
    assert code == 0, shown.err
    assert "pairs of the gold without a kind, not scored: 1" in shown.err
    assert len((folder / "scores" / "pairs_scored.csv").read_text(encoding="utf-8").splitlines()) == 148
