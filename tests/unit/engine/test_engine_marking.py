"""What the corpus attests, marked as articles are loaded, and what every process reads once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from invented import shrink

from tracer.candidates import CandidateSettings, Rarities, WordDocuments
from tracer.domain import Article, ArticleKind
from tracer.engine import Intake, Plan, TracedBatch, WorkFolder, confirming, marking, run_local, splitting
from tracer.engine.marking import load_marked
from tracer.engine.records import read_records
from tracer.engine.splitting import load_rarities
from tracer.split import ParsedArticle, WordClass
from tracer.story import StorySettings

SPEECH = "the breakwater at Hollin will be mended before the herring come back to the bay in April"
LEAD = "Divers from Skagen quarrelled over a bronze bell while the verger of Larne hid his only winch in a loft."


def keep(_batch: TracedBatch, path: Path) -> None:
    path.write_bytes(b"")


PLAN = Plan(CandidateSettings(), StorySettings(), keep, language="en")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WorkFolder:
    """Of a run in small batches on a statement and articles that carry it, all but each third."""
    shrink(monkeypatch)
    articles = [Article("s", f"Note that {SPEECH}.", "Harbour Board", kind=ArticleKind.STATEMENT)]
    articles += [
        Article(f"a{number:02}", f"{LEAD} {f'It is true that {SPEECH}.' if number % 3 else ''}", f"Paper {number}")
        for number in range(12)
    ]
    made = WorkFolder(tmp_path)
    run_local(Intake(articles), made, PLAN)
    return made


def names(folder: WorkFolder, kind: str) -> list[str]:
    return sorted(path.name for path in folder.place(kind).iterdir())


def test_carriers_of_attested_words_are_marked_as_they_are_loaded(
    folder: WorkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that carry the statement; nobody but them and itself is looked at; sorted by their places."""
    looked_at: list[str] = []
    whole = marking.mark_attested
    monkeypatch.setattr(
        marking, "mark_attested", lambda parsed, *more: looked_at.append(parsed.id) or whole(parsed, *more)
    )
    kept = read_all(folder)
    carriers = sorted(entry.id for entry in kept.values() if SPEECH in entry.article.text and entry.id != "s")
    found = dict(load_marked(folder, reversed(kept), PLAN))
    assert list(found) == sorted(kept)
    assert len(carriers) == 8
    assert sorted(looked_at) == [*carriers, "s"]
    quoted = [entry.id for entry in found.values() if (entry.classes == WordClass.QUOTED).any()]
    assert sorted(quoted) == carriers


def read_all(folder: WorkFolder) -> dict[tuple[int, int], ParsedArticle]:
    """The split articles in the folder by their places."""
    return {
        (number, row): parsed
        for number, name in enumerate(names(folder, "split"))
        for row, parsed in enumerate(read_records(folder.place(f"split/{name}")))
        if parsed is not None
    }


def test_flags_of_attested_words_are_made_once_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many tasks ask whose articles hold such words."""
    shrink(monkeypatch)
    made, asked = [], []
    flags, holders = splitting.flags_of_attested, confirming.holders_of_attested
    for module in (splitting, confirming, marking):
        monkeypatch.setattr(
            module, "flags_of_attested", lambda accepted: made.append(1) or flags(accepted), raising=False
        )
    monkeypatch.setattr(confirming, "holders_of_attested", lambda *told: asked.append(told[2]) or holders(*told))
    run_local(Intake([Article(f"a{n:02}", LEAD, f"Paper {n}") for n in range(23)]), WorkFolder(tmp_path), PLAN)
    assert len(asked) > 5
    assert all(isinstance(flags, np.memmap) for flags in asked)
    assert made == [1]


def counted(word: int) -> Rarities:
    return Rarities({"fr": WordDocuments(9, np.array([word], dtype=np.uint64), np.array([3]))})


def test_rarities_are_read_once_and_never_those_of_another_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kept for a folder; another folder, or another run in the same one, has its own."""
    loads: list[int] = []
    pickled = splitting.pickle.loads
    monkeypatch.setattr(splitting.pickle, "loads", lambda data: loads.append(1) or pickled(data))
    one, other = WorkFolder(tmp_path / "one"), WorkFolder(tmp_path / "other")
    for word, folder in ((1, one), (2, other), (3, one)):
        folder.path.mkdir(exist_ok=True)
        folder.write("rarities", splitting.pickle.dumps(counted(word)))
        loads.clear()
        found = [load_rarities(folder) for _ in range(5)]
        assert {int(entry.counted["fr"].words[0]) for entry in found} == {word}
        assert loads == [1]
