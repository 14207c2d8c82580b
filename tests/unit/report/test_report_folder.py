"""A report appears whole or not at all, and never at the cost of somebody's files."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from tracer.domain import OutputError
from tracer.pipeline import Settings, Trace, trace
from tracer.report import SCHEMA_VERSION, SCHEMAS, RunNote, check_output, tables, write_report
from tracer.report.exports import EXPORTS

FILES = {f"{schema.name}.csv" for schema in SCHEMAS} | {
    *("graph.graphml", "graph.dot", "graph.json", "articles.jsonl", "report.html", "manifest.json"),
    *EXPORTS,
}


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def listing(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_report_has_all_its_files(wire: Trace, tmp_path: Path) -> None:
    """Missing parent folders are made; nothing but the report is left behind."""
    write_report(wire, tmp_path / "a" / "b" / "out")
    assert set(content(tmp_path / "a" / "b" / "out")) == FILES
    assert listing(tmp_path / "a" / "b") == sorted(["out", *(f"out/{name}" for name in FILES)])


def test_parquet_comes_on_request(wire: Trace, tmp_path: Path) -> None:
    """With ``parquet`` every table comes in both forms, with the same number of rows."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `tables` is not installed")
    counts = write_report(wire, tmp_path / "out", parquet=True)
    for table in tables(wire):
        assert (tmp_path / "out" / f"{table.name}.csv").exists()
        assert parquet.read_table(tmp_path / "out" / f"{table.name}.parquet").num_rows == len(table)
        assert counts[table.name] == len(table)


def test_regions_come_on_request(wire: Trace, tmp_path: Path) -> None:
    """With the setting there is one file and one count more, in Parquet too; else only the list of tables differs."""
    pytest.importorskip("pyarrow.parquet", reason="the extra `tables` is not installed")
    write_report(wire, tmp_path / "with", parquet=True)
    write_report(trace(wire.articles, Settings(jobs=1)), tmp_path / "without", parquet=True)
    more, less = content(tmp_path / "with"), content(tmp_path / "without")
    counts = [json.loads(found.pop("manifest.json"))["counts"] for found in (more, less)]
    assert {name for name in more if name not in less} == {"regions.csv", "regions.parquet"}
    assert {name for name in less if less[name] != more[name]} == {"datapackage.json"}
    assert {name for name in counts[0] if name not in counts[1]} == {"regions"}


def test_order_jobs_and_clock_show_only_in_the_manifest(shuffled: tuple[Trace, Trace], tmp_path: Path) -> None:
    """Two runs on the same articles differ in the manifest's ``run`` and nowhere else."""
    clock = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
    write_report(shuffled[0], tmp_path / "one")
    write_report(shuffled[1], tmp_path / "two", run=RunNote(("tracer", "report"), clock, clock, {"tracing": 1.5}))
    one, two = content(tmp_path / "one"), content(tmp_path / "two")
    manifests = [json.loads(found.pop("manifest.json")) for found in (one, two)]
    assert one == two
    runs = [manifest.pop("run") for manifest in manifests]
    assert manifests[0] == manifests[1]
    assert runs[0]["started"] is None
    assert runs[1]["started"] == runs[1]["finished"] == "2031-05-06T07:08:00+00:00"
    assert [run["jobs"] for run in runs] == [1, 2]
    assert runs[1]["command"] == ["tracer", "report"]


def test_the_manifest_accounts_for_everything(wire: Trace, tmp_path: Path) -> None:
    """It names versions, settings, counts, the digest of every input text and of every other file."""
    counts = write_report(wire, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["tool"] == "tracer"
    assert manifest["schema"] == SCHEMA_VERSION
    assert manifest["settings"]["use_dates"] is True
    assert manifest["counts"] == counts
    assert {table.name: len(table) for table in tables(wire)}.items() <= counts.items()
    texts = {article.id: sha256(article.text.encode()).hexdigest() for article in wire.articles}
    assert manifest["inputs"] == texts
    found = content(tmp_path / "out")
    del found["manifest.json"]
    assert manifest["files"] == {name: sha256(data).hexdigest() for name, data in found.items()}


def test_existing_output_is_refused(wire: Trace, tmp_path: Path) -> None:
    """Without ``overwrite`` a folder with anything in it is refused and stays as it is; an empty one is used."""
    (tmp_path / "empty").mkdir()
    write_report(wire, tmp_path / "empty")
    before = content(tmp_path / "empty")
    with pytest.raises(OutputError, match="exists already"):
        write_report(wire, tmp_path / "empty")
    assert content(tmp_path / "empty") == before
    assert listing(tmp_path) == sorted(["empty", *(f"empty/{name}" for name in FILES)])


def test_overwrite_replaces_an_older_report(wire: Trace, world: Trace, tmp_path: Path) -> None:
    """With ``overwrite`` the new report stands in the place of the old, and nothing of the old is left."""
    out = tmp_path / "out"
    write_report(wire, out, parquet=True)
    (out / ".DS_Store").write_bytes(b"litter of the file manager")
    write_report(world, out, overwrite=True)
    write_report(world, tmp_path / "fresh")
    assert content(out) == content(tmp_path / "fresh")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fresh", "out"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("notes.txt", "mine"),
        ("manifest.json", "{}"),
        ("manifest.json", "no json"),
        ("manifest.json", '{"tool": "other", "files": {}}'),
        ("manifest.json", '{"tool": "tracer", "files": ["notes.txt"]}'),
        ("manifest.json", "[" * 100_000),
    ],
)
def test_a_folder_of_somebody_elses_is_never_replaced(wire: Trace, tmp_path: Path, name: str, data: str) -> None:
    """A folder that is not wholly tracer's is refused even with ``overwrite``, and stays as it is."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text(data, encoding="utf-8")
    before = content(tmp_path / "out")
    with pytest.raises(OutputError, match="did not write"):
        write_report(wire, tmp_path / "out", overwrite=True)
    assert content(tmp_path / "out") == before


def test_a_users_file_in_a_report_saves_the_folder(wire: Trace, tmp_path: Path) -> None:
    """A report to which somebody added a file or folder is refused, and the message names it."""
    write_report(wire, tmp_path / "out")
    (tmp_path / "out" / "my-notes").mkdir()
    with pytest.raises(OutputError, match="my-notes"):
        write_report(wire, tmp_path / "out", overwrite=True)


def test_a_file_is_no_place_for_a_report(wire: Trace, tmp_path: Path) -> None:
    """A path that is a file, or leads through one, is refused with and without ``overwrite``."""
    (tmp_path / "file").write_text("words", encoding="utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "out"):
        with pytest.raises(OutputError):
            write_report(wire, place, overwrite=True)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "words"


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, MemoryError])
@pytest.mark.parametrize("stage", ["write.write_part", "assembling.merge_table", "assembling.manifest"])
def test_an_interrupted_report_leaves_nothing(
    wire: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], stage: str
) -> None:
    """Whatever stops the writing, no folder is left where none was."""

    def stop(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(f"tracer.report.{stage}", stop)
    with pytest.raises(error):
        write_report(wire, tmp_path / "out")
    assert listing(tmp_path) == []


@pytest.mark.parametrize("step", [1, 2])
def test_an_interrupted_overwrite_leaves_the_old_report(
    wire: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Stopped while the folders change places, the old report is still there, whole."""
    out = tmp_path / "out"
    write_report(wire, out)
    before = content(out)
    real, calls = Path.rename, []

    def stop(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == step:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "rename", stop)
    with pytest.raises(KeyboardInterrupt):
        write_report(wire, out, overwrite=True)
    assert content(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_full_disk_is_an_output_error(wire: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure of the file system says what and where, and leaves nothing behind."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tracer.report.assembling.merge_table", fail)
    with pytest.raises(OutputError, match=r"out cannot be written \(No space left on device\)"):
        write_report(wire, tmp_path / "out")
    assert listing(tmp_path) == []


def test_a_link_is_followed(wire: Trace, tmp_path: Path) -> None:
    """A symbolic link to a report leads to it: the link stays, the report behind it is replaced."""
    write_report(wire, tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    with pytest.raises(OutputError, match="exists already"):
        check_output(tmp_path / "link", overwrite=False)
    write_report(wire, tmp_path / "link", overwrite=True)
    assert (tmp_path / "link").is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "real"]


def test_settings_that_change_no_result_stand_apart(wire: Trace, tmp_path: Path) -> None:
    """``jobs`` is told under ``run``, not among the settings."""
    write_report(trace(wire.articles, Settings(jobs=3)), tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert "jobs" not in manifest["settings"]
    assert manifest["run"]["jobs"] == 3
