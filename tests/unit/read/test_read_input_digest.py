"""The digest of inputs tells whether they are the same as before."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracer.domain import InputError
from tracer.read import ReadSettings, listing_digest

TEXT = "The ferry stays in Quill Bay, the harbour board said on Monday night."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.txt", "c.html"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
        os.utime(tmp_path / name, ns=(1_442_585_100_000_000_000, 1_442_585_100_000_000_000))
    return tmp_path


def test_the_same_inputs(folder: Path) -> None:
    """However they are named; the clock plays no part."""
    digest = listing_digest([folder])
    assert digest is not None
    assert len(digest) == 32
    assert listing_digest([folder / "b.txt", folder, folder / "a.txt"]) == digest
    assert listing_digest([folder], ReadSettings(latest=datetime(2020, 1, 1, tzinfo=UTC))) == digest


def test_other_inputs(folder: Path) -> None:
    """Another size, time, file, skip or setting is another digest."""
    digests = [listing_digest([folder]), listing_digest([folder / "a.txt"]), listing_digest([])]
    digests += [
        listing_digest([folder], ReadSettings(min_words=6)),
        listing_digest([folder], ReadSettings(day_first=True)),
    ]
    os.utime(folder / "a.txt", ns=(1_442_585_100_000_000_000, 1_442_585_100_000_000_001))
    digests.append(listing_digest([folder]))
    (folder / "a.txt").write_text(TEXT + " It does.", encoding="utf-8")
    os.utime(folder / "a.txt", ns=(1_442_585_100_000_000_000, 1_442_585_100_000_000_000))
    digests.append(listing_digest([folder]))
    (folder / "d.txt").write_text(TEXT, encoding="utf-8")
    digests.append(listing_digest([folder]))
    (folder / "c.html").unlink()
    digests.append(listing_digest([folder]))
    assert len(set(digests)) == len(digests)


def test_standard_input_has_none(folder: Path) -> None:
    """It cannot be read again."""
    assert listing_digest([folder, "-"]) is None


def test_odd_paths(tmp_path: Path) -> None:
    """Names that are not UTF-8, and hold line ends, have a digest like any other."""
    name = os.fsencode(tmp_path) + b"/fer\xff\nry.txt"
    Path(os.fsdecode(name)).write_text(TEXT, encoding="utf-8")
    assert listing_digest([tmp_path]) != listing_digest([])


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    """As when reading."""
    with pytest.raises(InputError, match="cannot be read"):
        listing_digest([tmp_path / "missing.txt"])
