"""``tracer report --regions``: one table more, and what reads it."""

import csv
import json

import pytest

PLACES = ("left_start", "left_stop", "right_start", "right_stop")


@pytest.fixture
def written(run, worlds, tmp_path):
    """Reports on one world, by the options they were written with."""

    def writing(name, *options):
        folder = tmp_path / name
        assert run("report", worlds / "harbour-ferry" / "articles", "-o", folder, *options)[:2] == (0, "")
        return folder

    return writing


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_regions_are_one_file_more(written):
    """Nothing else differs but the manifest, which counts them, and the description of the tables."""
    bare, more = written("bare"), written("more", "--regions")
    names = {path.name for path in bare.iterdir()}
    assert {path.name for path in more.iterdir()} == names | {"regions.csv"}
    differing = {name for name in names if (bare / name).read_bytes() != (more / name).read_bytes()}
    assert differing == {"manifest.json", "datapackage.json"}
    told = [json.loads((folder / "manifest.json").read_text(encoding="utf-8")) for folder in (bare, more)]
    assert [entry["settings"]["story"]["regions"] for entry in told] == [False, True]
    assert "regions" not in told[0]["counts"]
    assert told[1]["counts"]["regions"] == len(rows(more / "regions.csv")) > 0


def test_regions_come_as_parquet_too(written):
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `tables` is not installed")
    folder = written("report", "--regions", "--tables", "parquet")
    assert parquet.read_table(folder / "regions.parquet").num_rows == len(rows(folder / "regions.csv"))


def test_explain_opens_such_a_report(run, written):
    bare, more = written("bare"), written("more", "--regions")
    cards = [run("explain", folder, "isla-efe", "spun-digest") for folder in (bare, more)]
    assert cards[0] == cards[1]
    assert cards[0][0] == 0


def test_evaluate_scores_the_regions_and_says_so(run, written, tmp_path):
    """With gold that holds exactly the regions, all is found; the same report without them is told apart."""
    bare, more = written("bare"), written("more", "--regions")
    passages = [
        {"left": row["left"], "right": row["right"], **{name: int(row[name]) for name in PLACES}}
        for row in rows(more / "regions.csv")
    ]
    gold = tmp_path / "gold.json"
    gold.write_text(json.dumps({"pairs": [], "passages": passages}), encoding="utf-8")
    code, out, err = run("evaluate", more, "--gold", gold, "--format", "json")
    scores = {row["score"]: row["value"] for row in json.loads(out)["scores"]}
    assert (code, scores["passages.plagdet"]) == (0, 1)
    assert err == "note: passages of the report are rows of regions.csv\n"
    code, _, err = run("evaluate", bare, "--gold", gold, "--merge-gap", "9")
    assert code == 0
    assert "rows of passages.csv, joined up to 9 code points apart" in err


def test_an_audit_has_no_regions(run, worlds):
    articles = worlds / "exact-duplicate" / "articles"
    assert run("audit", articles, "--regions")[0] == 2
    assert run("audit", articles, "--table", "regions")[0] == 2
    assert "regions" not in json.loads(run("audit", articles, "--format", "json")[1])
