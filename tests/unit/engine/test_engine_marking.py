"""What the corpus attests, marked batch by batch, and what every process reads once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from invented import shrink

from tracer.candidates import CandidateSettings, Rarities, WordDocuments
from tracer.domain import Article, ArticleKind
from tracer.engine import Intake, Plan, TracedBatch, WorkFolder, run_local, splitting
from tracer.engine.marking import load_marked, mark_corpus
from tracer.engine.records import RecordFile, read_records
from tracer.engine.splitting import load_rarities
from tracer.split import WordClass
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


def test_each_batch_is_marked_by_itself_and_once(folder: WorkFolder) -> None:
    """Nothing comes back to the process that hands out the tasks; what stands is not made again."""
    assert names(folder, "marked") == names(folder, "split") == ["000000", "000001", "000002"]
    before = [folder.place(f"marked/{name}").read_bytes() for name in names(folder, "marked")]
    lost = folder.place("marked/000001")
    lost.unlink()
    stood = {name: folder.place(f"marked/{name}").stat().st_ino for name in names(folder, "marked")}
    handed_back: list[object] = []

    def run(function, items):  # type: ignore[no-untyped-def]
        for item in items:
            handed_back.append(function(item))
            yield handed_back[-1]

    mark_corpus(run, folder, 3, PLAN)
    assert handed_back == [None, None, None]
    assert [folder.place(f"marked/{name}").read_bytes() for name in names(folder, "marked")] == before
    assert {name: folder.place(f"marked/{name}").stat().st_ino for name in stood} == stood


def test_only_the_marks_of_the_wanted_articles_are_read(folder: WorkFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the carriers of the statement are there, of nobody else."""
    carriers = {
        (number, row)
        for number in range(3)
        for row, classes in enumerate(read_records(folder.place(f"marked/{number:06}")))
        if classes is not None
    }
    assert len(carriers) == 8
    read: list[int] = []
    whole = RecordFile.__getitem__

    def noted(self: RecordFile, place: int) -> object:
        read.append(place)
        return whole(self, place)

    monkeypatch.setattr(RecordFile, "__getitem__", noted)
    wanted = [max(carriers), min(carriers), (0, 1)]
    found = dict(load_marked(folder, wanted, PLAN))
    assert list(found) == sorted(wanted)
    assert len(read) == 2 * len(wanted)
    quoted = {place: int((entry.classes == WordClass.QUOTED).sum()) for place, entry in found.items()}
    assert {place for place, words in quoted.items() if words} == set(wanted) & carriers


def test_flags_of_attested_words_are_made_once_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many batches are marked."""
    shrink(monkeypatch)
    calls: list[int] = []
    whole = splitting.flags_of_attested
    monkeypatch.setattr(splitting, "flags_of_attested", lambda accepted: calls.append(1) or whole(accepted))
    run_local(Intake([Article(f"a{n:02}", LEAD, f"Paper {n}") for n in range(23)]), WorkFolder(tmp_path), PLAN)
    assert len(names(WorkFolder(tmp_path), "marked")) == 5
    assert calls == [1]


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
