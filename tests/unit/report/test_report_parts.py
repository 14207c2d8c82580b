"""A report put together from parts is the report of the whole, however the stories were divided."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracer.domain import InputError, OutputError
from tracer.pipeline import Trace
from tracer.report import ReportPlan, assemble, part_note, tables, write_part, write_report

Batch = Callable[..., Trace]


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def whole(newsroom: Trace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the report of all stories at once."""
    folder = tmp_path_factory.mktemp("whole") / "out"
    write_report(newsroom, folder)
    return content(folder)


def write_parts(newsroom: Trace, batch: Batch, places: list[int], folder: Path) -> list[Path]:
    """One part for each number among ``places``, with the stories that have it."""
    groups = defaultdict(list)
    for place, story in zip(places, newsroom.stories, strict=True):
        groups[place].append(story)
    counted = newsroom.pairs_compared
    paths = []
    for place, stories in groups.items():
        paths.append(folder / f"{place}.part")
        write_part(batch(newsroom, stories, counted), paths[-1])
        counted = 0
    return paths


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_division_gives_the_same_bytes(
    newsroom: Trace, whole: dict[str, bytes], batch: Batch, tmp_path: Path, data: st.DataObject
) -> None:
    """Every file, the manifest included, is the same for stories in one part and in many, in any order."""
    count = len(newsroom.stories)
    places = data.draw(st.lists(st.integers(0, 6), min_size=count, max_size=count))
    shutil.rmtree(tmp_path)
    tmp_path.mkdir()
    parts = data.draw(st.permutations(write_parts(newsroom, batch, places, tmp_path)))
    counts = assemble(parts, tmp_path / "out", ReportPlan(settings=newsroom.settings))
    assert content(tmp_path / "out") == whole
    assert counts["articles"] == len(newsroom.articles)


@pytest.mark.parametrize("jobs", [1, 2])
def test_buckets_and_jobs_change_nothing(
    newsroom: Trace,
    whole: dict[str, bytes],
    batch: Batch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    jobs: int,
) -> None:
    """Rows that do not fit in memory at once are sorted by way of scratch files, to the same end."""
    monkeypatch.setattr("tracer.report.buckets._BUCKET_BYTES", 2_000)
    monkeypatch.setattr("tracer.report.buckets._PENDING_BYTES", 500)
    parts = write_parts(newsroom, batch, [place % 5 for place in range(len(newsroom.stories))], tmp_path)
    seen: list[tuple[int, int]] = []
    plan = ReportPlan(settings=newsroom.settings, jobs=jobs, observe=lambda _, done, total: seen.append((done, total)))
    assemble(parts, tmp_path / "out", plan)
    assert content(tmp_path / "out") == whole
    assert [done for done, _ in seen] == list(range(seen[0][1] + 1))


def test_parquet_is_the_same_table(
    newsroom: Trace, batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parquet files hold the rows of the tables, also where they need several groups of rows."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `tables` is not installed")
    monkeypatch.setattr("tracer.report.parquet_rows._GROUP_ROWS", 7)
    half = len(newsroom.stories) // 2
    parts = [tmp_path / "a.part", tmp_path / "b.part"]
    write_part(batch(newsroom, newsroom.stories[:half]), parts[0], parquet=True)
    write_part(batch(newsroom, newsroom.stories[half:]), parts[1], parquet=True)
    assemble(parts, tmp_path / "out", ReportPlan(settings=newsroom.settings, parquet=True))
    for table in tables(newsroom):
        assert parquet.read_table(tmp_path / "out" / f"{table.name}.parquet").equals(table.to_arrow()), table.name


def test_parts_without_cells_make_no_parquet(wire: Trace, tmp_path: Path) -> None:
    """Parquet must be asked for when the parts are written; the message says so."""
    write_part(wire, tmp_path / "a.part")
    with pytest.raises(InputError, match="parquet=True"):
        assemble([tmp_path / "a.part"], tmp_path / "out", ReportPlan(settings=wire.settings, parquet=True))


def test_a_part_tells_what_it_holds(wire: Trace, tmp_path: Path) -> None:
    """The note that is handed back is the note in the file; the same trace gives the same bytes."""
    note = write_part(wire, tmp_path / "a.part")
    write_part(wire, tmp_path / "b.part")
    assert part_note(tmp_path / "a.part") == note
    assert note.articles == len(wire.articles)
    assert note.rows["passages"] == len(tables(wire).passages)
    assert (tmp_path / "a.part").read_bytes() == (tmp_path / "b.part").read_bytes()


def test_an_article_in_two_parts_is_refused(wire: Trace, tmp_path: Path) -> None:
    """The message names the article."""
    for name in ("a", "b"):
        write_part(wire, tmp_path / name)
    with pytest.raises(InputError, match=f"{wire.articles[0].id}.* two parts"):
        assemble([tmp_path / "a", tmp_path / "b"], tmp_path / "out", ReportPlan(settings=wire.settings))
    assert not (tmp_path / "out").exists()


def test_a_report_needs_a_part(wire: Trace, tmp_path: Path) -> None:
    """Without any there is nothing to write."""
    with pytest.raises(InputError, match="no part"):
        assemble([], tmp_path / "out", ReportPlan(settings=wire.settings))


def damages(good: bytes) -> Iterator[bytes]:
    """What may have become of a part file."""
    yield b""
    yield b"no archive"
    yield good[: len(good) // 2]
    yield good[:2000] + bytes(byte ^ 0xFF for byte in good[2000:2600]) + good[2600:]


@pytest.mark.parametrize("case", range(4))
def test_a_damaged_part_is_named(wire: Trace, tmp_path: Path, case: int) -> None:
    """A file that is not what was written is an error that names it, and no report appears."""
    path = tmp_path / "a.part"
    write_part(wire, path)
    path.write_bytes(list(damages(path.read_bytes()))[case])
    with pytest.raises(InputError, match=r"a\.part"):
        assemble([path], tmp_path / "out", ReportPlan(settings=wire.settings))
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.part"]


@pytest.mark.parametrize(
    ("entry", "data"),
    [
        ("note.json", b"[" * 100_000),
        ("note.json", b"[]"),
        ("note.json", b'{"schema": "0.0"}'),
        ("edges", b"\xff" * 40),
        ("edges", b"short"),
        ("other", b""),
    ],
    ids=["deep note", "no note", "old note", "wide block", "short block", "missing block"],
)
def test_a_forged_part_is_named(wire: Trace, tmp_path: Path, entry: str, data: bytes) -> None:
    """An archive with wrong or missing entries is refused like a damaged one."""
    write_part(wire, tmp_path / "good")
    with zipfile.ZipFile(tmp_path / "good") as good, zipfile.ZipFile(tmp_path / "a.part", "w") as forged:
        for name in good.namelist():
            if name != entry and not (entry == "other" and name == "clues"):
                forged.writestr(name, good.read(name))
        forged.writestr(entry, data)
    with pytest.raises(InputError, match=r"a\.part"):
        assemble([tmp_path / "a.part"], tmp_path / "out", ReportPlan(settings=wire.settings))


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_no_room_for_a_part(wire: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the file and the reason; an older part stays, and no draft of the new one."""
    write_part(wire, tmp_path / "a.part")
    before = content(tmp_path)
    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(OutputError, match=r"a\.part cannot be written \(No space left on device\)"):
        write_part(wire, tmp_path / "a.part")
    assert content(tmp_path) == before


@pytest.mark.parametrize("writer", ["growing_files.HashedFile.write", "growing_files.Streams.add", "buckets._append"])
def test_no_room_for_the_report(wire: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: str) -> None:
    """Whichever file does not fit, the error names the folder and the reason, and nothing is left but the part."""
    write_part(wire, tmp_path / "a.part")
    monkeypatch.setattr("tracer.report.buckets._BUCKET_BYTES", 1)
    monkeypatch.setattr(f"tracer.report.{writer}", full)
    with pytest.raises(OutputError, match=r"out cannot be written \(No space left on device\)"):
        assemble([tmp_path / "a.part"], tmp_path / "out", ReportPlan(settings=wire.settings))
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.part"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 32 KiB, where one can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if (
        mount is None
        or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=32k", "none", place], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_disk_that_is_really_full(wire: Trace, small_disk: Path, tmp_path: Path) -> None:
    """Neither a part nor a report that does not fit leaves anything behind."""
    write_part(wire, tmp_path / "a.part")
    (small_disk / "filling").write_bytes(bytes(20_000))
    with pytest.raises(OutputError, match="No space left"):
        assemble([tmp_path / "a.part"], small_disk / "out", ReportPlan(settings=wire.settings))
    with pytest.raises(OutputError, match="No space left"):
        write_report(wire, small_disk / "out")
    assert [entry.name for entry in small_disk.iterdir()] == ["filling"]
