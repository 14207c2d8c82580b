"""What the commands accept: standard input, column options, and every kind of input that cannot be used."""

import gzip
import io
import json
import sqlite3
import sys

import pytest

TEXT = (
    "The tide clock at Merrow Quay stopped on Tuesday and nobody noticed until the eel boat sailed into a field. "
    "Clockmaker Ivo Tansley says a limpet had settled on the pendulum."
)


def _lines(*rows):
    return "\n".join(json.dumps(row) for row in rows).encode()


def test_a_dash_reads_json_lines_from_standard_input(spawn):
    done = spawn("audit", "-", "--format", "json", stdin=_lines({"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}))
    assert done.returncode == 0
    assert [row["id"] for row in json.loads(done.stdout)["articles"]] == ["a", "b"]


def test_explain_reads_standard_input_too(spawn):
    done = spawn("explain", "-", "a", "b", stdin=_lines({"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}))
    assert done.returncode == 0
    assert b"a and b" in done.stdout


def test_empty_standard_input_is_no_usable_article(spawn):
    done = spawn("audit", "-")
    assert done.returncode == 3
    assert b"no usable article" in done.stderr


@pytest.mark.parametrize(
    ("option", "field", "value", "shown"),
    [
        ("--id-column", "key", "k-7", ("id", "k-7")),
        ("--outlet-column", "house", "The Quay", ("outlet", "The Quay")),
        ("--title-column", "top", "Clock stops", ("title", "Clock stops")),
        ("--url-column", "where", "https://quay.example/1", ("url", "https://quay.example/1")),
        ("--date-column", "day", "2017-03-02", ("published", "2017-03-02")),
        ("--byline-column", "by", "Ann Oakes", ("byline", "Ann Oakes")),
        ("--language-column", "tongue", "en", ("language", "en")),
        ("--kind-column", "sort", "Press Release", ("kind", "statement")),
    ],
)
def test_a_named_column_is_the_one_that_is_read(run, tmp_path, option, field, value, shown):
    path = tmp_path / "in.jsonl"
    path.write_bytes(_lines({"text": TEXT, field: value}))
    code, out, _ = run("inspect", path, option, field, "--format", "json")
    assert code == 0
    assert json.loads(out)["articles"][0][shown[0]] == shown[1]


@pytest.mark.parametrize(("option", "kind"), [("--statement", "statement"), ("--agency", "agency")])
def test_a_path_says_what_its_articles_are(run, tmp_path, option, kind):
    """Beside the inputs, or among them; and once more."""
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"{name} {TEXT}")
    paths = [tmp_path / f"{name}.txt" for name in ("b", "c")]
    for inputs in (tmp_path, tmp_path / "a.txt"):
        code, out, _ = run("inspect", inputs, option, paths[0], option, paths[1], "--format", "json")
        assert code == 0
        assert [row["kind"] for row in json.loads(out)["articles"]] == ["article", kind, kind]
    assert f"kind          {kind}" in run("inspect", tmp_path, option, paths[0])[1]


def test_a_path_that_is_not_there_is_told_for_statements_too(run, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    code, _, err = run("audit", tmp_path, "--statement", tmp_path / "none.pdf")
    assert code == 3
    assert "none.pdf" in err


def test_a_release_among_saved_pages(run, tmp_path, worlds):
    """What a desk has: pages in a folder, and the release beside it."""
    world = (worlds / "release-handed-in" / "articles.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in world.splitlines()]
    (tmp_path / "story").mkdir()
    for row in rows:
        place = tmp_path if "kind" in row else tmp_path / "story"
        (place / f"{row['id']}.txt").write_text(row["text"], encoding="utf-8")
    release = tmp_path / "water-board-release.txt"
    code, out, _ = run("audit", tmp_path / "story", "--statement", release, "--format", "json")
    made = json.loads(out)
    assert code == 0
    assert {(row["source_kind"], row["target"], row["relation"]) for row in made["edges"]} == {
        ("statement", "hill-chronicle", "quotes"),
        ("statement", "skerrow-mercury", "draws_on"),
        ("statement", "valley-courier", "draws_on"),
    }
    assert [row["kind"] for row in made["pairs"] if row["right"] == "valley-courier"] == ["statement"]


def test_a_report_opened_again_takes_no_options_on_reading(run, tmp_path, worlds):
    """The note comes with an option and only then."""
    world, out = worlds / "release-handed-in" / "articles.jsonl", tmp_path / "report"
    assert run("report", world, "-o", out)[0] == 0
    _, card, err = run("explain", out, "skerrow-mercury", "water-board-release")
    assert "do not apply" not in err
    assert "handed in as a statement" in card
    assert "do not apply" in run("explain", out, "skerrow-mercury", "--statement", world)[2]


GUESSED = {"stories_id": "s1", "media_name": "The Quay", "media_url": "q.example", "publish_date": "2017-03-02"}
TOLD = (
    'text from "maintext", id from "stories_id", outlet from "media_name" or "media_url", '
    'published from "publish_date"; name others with --text-column and the like'
)


@pytest.fixture
def media_cloud(tmp_path):
    """An export in which every column but the title has to be guessed."""
    rows = [GUESSED | {"maintext": TEXT, "title": "Clock stops"}]
    rows += [rows[0] | {"stories_id": "s2", "media_name": None, "maintext": f"{TEXT} Nobody minds."}]
    path = tmp_path / "in.jsonl"
    path.write_bytes(_lines(*rows))
    return path


@pytest.mark.parametrize(
    "command",
    [
        ("audit", "{}", "--format", "json"),
        ("report", "{}", "-o", "out"),
        ("inspect", "{}"),
        ("explain", "{}", "s1", "s2"),
        ("archive", "add", "kept", "{}"),
    ],
)
def test_guessed_columns_are_told_once(run, tmp_path, media_cloud, monkeypatch, command):
    """On standard error; data stay as they are when the columns are named."""
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*(word.format(media_cloud) for word in command))
    assert code == 0
    assert [line for line in err.splitlines() if line.startswith("note: ")] == [f"note: {media_cloud}: {TOLD}"]
    assert "note:" not in out


def test_columns_that_are_named_or_called_as_the_field_are_no_guess(run, tmp_path, media_cloud):
    named = ("--text-column", "maintext", "--id-column", "stories_id", "--date-column", "publish_date")
    _, _, err = run("inspect", media_cloud, *named, "--outlet-column", "media_name")
    assert err == ""
    _, _, err = run("inspect", media_cloud, *named)
    assert err == f'note: {media_cloud}: outlet from "media_name" or "media_url"; name another with --outlet-column\n'
    plain = tmp_path / "plain.csv"
    plain.write_text(f'id,Outlet,title,published,url,text\na,The Quay,Clock,2017-03-02,q.example,"{TEXT}"\n')
    assert run("inspect", plain)[2] == ""


def test_guesses_on_many_inputs_are_few_notes(run, tmp_path):
    """One for all inputs with the same columns, at most five, and how many more there are."""
    for number in range(4):
        (tmp_path / f"a{number}.jsonl").write_bytes(_lines({"text": f"{TEXT} {number}", "source": "The Quay"}))
    for number, key in enumerate(("maintext", "content", "full_text", "body", "article", "story_text")):
        (tmp_path / f"b{number}.jsonl").write_bytes(_lines({key: f"{TEXT} {key}"}))
    _, _, err = run("inspect", tmp_path)
    first, *_, last = err.splitlines()
    assert first.startswith(f'note: {tmp_path / "a0.jsonl"} and 3 inputs more: outlet from "source"; name another')
    assert last == "note: and so for 2 inputs more"
    assert len(err.splitlines()) == 6


def test_guesses_on_standard_input_are_told(spawn):
    done = spawn("audit", "-", stdin=_lines({"maintext": TEXT}))
    assert done.stderr.decode() == ('note: standard input: text from "maintext"; name another with --text-column\n')


def test_the_text_column_can_be_named(run, tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(f'id,words\nx,"{TEXT}"\n')
    assert run("inspect", path)[0] == 3
    assert run("inspect", path, "--text-column", "words")[0] == 0


def test_a_column_that_is_not_there_is_named_with_those_that_are(run, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_bytes(_lines({"text": TEXT}))
    code, _, err = run("audit", path, "--group-by", "desk")
    assert code == 3
    assert "desk" in err
    assert "text" in err


def test_articles_of_other_groups_are_not_compared(run, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_bytes(_lines({"id": "a", "text": TEXT, "desk": "1"}, {"id": "b", "text": TEXT, "desk": "2"}))
    _, together, _ = run("audit", path, "--format", "json")
    _, apart, _ = run("audit", path, "--format", "json", "--group-by", "desk")
    assert len(json.loads(together)["pairs"]) == 1
    assert json.loads(apart)["pairs"] == []


@pytest.mark.parametrize(("hours", "pairs"), [("1", 0), ("100", 1)])
def test_the_window_keeps_distant_articles_apart(run, tmp_path, hours, pairs):
    path = tmp_path / "in.jsonl"
    rows = [{"id": n, "text": TEXT, "date": day} for n, day in (("a", "2017-03-02"), ("b", "2017-03-04"))]
    path.write_bytes(_lines(*rows))
    _, out, _ = run("audit", path, "--format", "json", "--window", hours)
    assert len(json.loads(out)["pairs"]) == pairs


@pytest.mark.parametrize(("extra", "pairs"), [([], 0), (["--same-outlet"], 1)])
def test_one_outlet_is_compared_with_itself_only_when_asked(run, tmp_path, extra, pairs):
    lead = TEXT.split(". ", maxsplit=1)[0]
    texts = [
        f"{lead}. Wolves in the hills have learned to ring the chapel bell, and the priest blames a travelling choir.",
        f"{lead}. Three bakers weighed their longest loaves in the rain while a mayor counted umbrellas on deck.",
    ]
    path = tmp_path / "in.jsonl"
    path.write_bytes(
        _lines(*({"id": n, "text": text, "outlet": "The Quay"} for n, text in zip("ab", texts, strict=True)))
    )
    _, out, _ = run("audit", path, "--format", "json", *extra)
    assert len(json.loads(out)["pairs"]) == pairs


def test_without_dates_no_lag_is_known(run, worlds):
    path = worlds / "wire-two-papers" / "articles.csv"
    _, dated, _ = run("audit", path, "--format", "json")
    _, undated, _ = run("audit", path, "--format", "json", "--no-dates")
    assert any(row["lag_hours"] is not None for row in json.loads(dated)["pairs"])
    assert all(row["lag_hours"] is None for row in json.loads(undated)["pairs"])


def test_day_first_reads_the_day_first(run, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_bytes(_lines({"text": TEXT, "date": "03/04/2015"}))
    found = [
        json.loads(run("inspect", path, "--format", "json", *extra)[1])["articles"][0]["published"]
        for extra in ([], ["--day-first"])
    ]
    assert found == ["2015-03-04", "2015-04-03"]


def test_a_date_in_the_future_is_dropped_with_a_warning(run, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_bytes(_lines({"id": "a", "text": TEXT, "date": "2190-01-01"}))
    _, out, _ = run("inspect", path)
    assert "undated" in out
    assert "future" in out


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b"  \n\t\n"),
        ("short.txt", b"too short"),
        ("binary.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
        ("broken.json", b"{"),
        ("deep.json", b"[" * 100_000),
        ("scalar.json", b"42"),
        ("broken.jsonl", b'{"text": \n'),
        ("no_text.jsonl", b'{"colour": "blue"}'),
        ("header_only.csv", b"id,text\n"),
        ("no_text.csv", b"id,colour\n1,blue\n"),
        ("ragged.csv", b"id,text\n1\n"),
        ("open_quote.csv", b'id,text\n1,"never closed\n'),
        ("not_gzip.jsonl.gz", b"plain"),
        ("cut.jsonl.gz", gzip.compress(b'{"text": "x"}' * 999)[:40]),
        ("page.html", b"<html><p>hello</p></html>"),
        ("scan.pdf", b"%PDF-1.4"),
        ("sheet.xlsx", b"PK\x03\x04"),
    ],
)
def test_input_that_cannot_be_used_ends_with_three_and_a_reason(run, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    code, out, err = run("audit", path)
    assert (code, out) == (3, "")
    assert name in err
    assert "Traceback" not in err


def test_bad_rows_beside_good_ones_are_told_and_the_rest_is_used(run, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_bytes(_lines({"id": "a", "text": TEXT}) + b"\nnot json\n" + _lines({"id": "b", "text": TEXT}))
    code, out, _ = run("audit", path)
    assert code == 0
    assert f"{path.name}:2" in out.replace("\n  ", "")


def test_in_process_standard_input_is_read_as_bytes(run, monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(_lines({"id": "a", "text": TEXT})))
    monkeypatch.setattr(sys, "stdin", stream)
    assert run("inspect", "-")[0] == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_jobs_change_nothing(run, worlds, jobs):
    path = worlds / "wire-two-papers" / "articles.csv"
    assert run("audit", path, "--jobs", jobs)[1] == run("audit", path)[1]


@pytest.fixture
def database(tmp_path):
    """Two articles and their outlets, in two tables."""
    with sqlite3.connect(tmp_path / "news.db") as connection:
        connection.execute("CREATE TABLE a (id, words, house)")
        connection.execute("CREATE TABLE o (id, name)")
        connection.executemany("INSERT INTO a VALUES (?, ?, ?)", [("x", TEXT, 1), ("y", f"{TEXT} Nobody minds.", 2)])
        connection.execute("INSERT INTO o VALUES (1, 'The Quay'), (2, 'The Tide')")
    connection.close()
    return tmp_path / "news.db"


def test_a_query_on_a_database_gives_articles(run, database):
    query = "SELECT a.id, words AS text, name AS outlet FROM a JOIN o ON o.id = a.house"
    _, out, err = run("audit", database, "--query", query, "--format", "json")
    assert [(row["id"], row["outlet"]) for row in json.loads(out)["articles"]] == [("x", "The Quay"), ("y", "The Tide")]
    assert err == ""


@pytest.mark.parametrize(
    ("query", "code", "told"),
    [
        ("DELETE FROM a", 2, "query must be one SELECT"),
        ("SELECT * FROM b", 3, "no such table: b"),
        ("SELECT words AS text FROM a; DROP TABLE a", 3, "one statement"),
        ("WITH x AS (SELECT 1) DELETE FROM a", 3, "refused"),
    ],
)
def test_a_query_that_fails_says_why(run, database, query, code, told):
    before = database.read_bytes()
    found, out, err = run("audit", database, "--query", query)
    assert (found, out) == (code, "")
    assert err.startswith("tracer: ")
    assert told in err
    assert database.read_bytes() == before


def test_a_query_needs_a_database(run, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    assert "none of the inputs is a database" in run("audit", tmp_path, "--query", "SELECT 1")[2]
