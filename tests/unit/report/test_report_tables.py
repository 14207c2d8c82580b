"""Tables agree with the trace, with each other, and with themselves."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace

import pytest

from tracer.align import reused_regions
from tracer.domain import SkippedArticle, Span
from tracer.graph import Edge, Evidence, NodeKind, Relation, Source
from tracer.pipeline import Settings, Trace, trace
from tracer.report import Cell, tables


def logit(probability: float) -> float:
    return math.log(probability / (1 - probability))


def test_the_ledger_adds_up_to_the_pair(world: Trace) -> None:
    """For every pair and question, prior plus weights is the log-odds of the pair's probability."""
    made = tables(world)
    sums: dict[tuple[object, object, object], list[float]] = defaultdict(list)
    for row in made.clues:
        sums[row["left"], row["right"], row["question"]].append(float(row["weight"] or 0.0))
    seen = 0
    for pair in made.pairs:
        chances = {"kind": pair["p_lineage"], "origin": pair["p_common_source"], "immediacy": pair["p_direct"]}
        if pair["p_left_upstream"] is not None:
            left, right = float(pair["p_left_upstream"]), float(pair["p_right_upstream"] or 0.0)
            chances["direction"] = left / (left + right)
        for question, chance in chances.items():
            found = sums.pop((pair["left"], pair["right"], question), None)
            assert (found is None) == (chance is None)
            if found is not None and chance is not None:
                assert math.fsum(found) == pytest.approx(logit(float(chance)), abs=1e-6)
                seen += 1
    assert seen > 0
    assert not sums


def test_each_ledger_opens_with_its_prior(world: Trace) -> None:
    """Rank 0 is the prior; ranks count up without gaps, by falling size of the weight."""
    ledgers: dict[tuple[object, ...], list[dict[str, object]]] = defaultdict(list)
    for row in tables(world).clues:
        ledgers[row["left"], row["right"], row["question"]].append(dict(row))
    for rows in ledgers.values():
        assert [row["rank"] for row in rows] == list(range(len(rows)))
        assert [row["clue"] == "prior" for row in rows] == [True] + [False] * (len(rows) - 1)
        sizes = [abs(float(str(row["weight"]))) for row in rows[1:]]
        assert sizes == sorted(sizes, reverse=True)


def test_passages_are_cut_from_the_raw_texts(world: Trace) -> None:
    """Both texts of a passage are what their offsets cover, and the pair counts its passages."""
    made = tables(world)
    raw = {article.id: article.text for article in world.articles}
    counted: Counter[tuple[object, object]] = Counter()
    for row in made.passages:
        counted[row["left"], row["right"]] += 1
        for side in ("left", "right"):
            start, stop = row[f"{side}_start"], row[f"{side}_stop"]
            assert isinstance(start, int)
            assert isinstance(stop, int)
            assert row[f"{side}_text"] == raw[str(row[side])][start:stop]
    assert counted == {(pair["left"], pair["right"]): pair["passages"] for pair in made.pairs if pair["passages"]}


def test_regions_are_cut_from_the_raw_texts_of_linked_pairs(world: Trace) -> None:
    """Both texts are what their offsets cover, kind and similarity are the aligner's, no pair is new."""
    made = tables(world)
    assert made.regions is not None
    assert len(made.regions) > 0
    raw = {article.id: article.text for article in world.articles}
    linked = {(pair["left"], pair["right"]) for pair in made.pairs}
    found: dict[tuple[str, str], list[tuple[Cell, ...]]] = defaultdict(list)
    for row in made.regions:
        left, right = str(row["left"]), str(row["right"])
        assert (left, right) in linked
        for side, name in (("left", left), ("right", right)):
            assert row[f"{side}_text"] == raw[name][row[f"{side}_start"] : row[f"{side}_stop"]]
        found[left, right].append((row["left_start"], row["right_stop"], row["kind"], row["similarity"]))
    for left, right in linked:
        regions = reused_regions(world.parsed[str(left)], world.parsed[str(right)])
        expected = [(r.left_span.start, r.right_span.stop, r.kind.value, r.similarity) for r in regions]
        assert found[str(left), str(right)] == expected


def test_without_the_setting_there_are_no_regions(wire: Trace) -> None:
    """No table, and every other one is as it is with regions."""
    made = tables(wire)
    bare = trace(wire.articles, Settings(jobs=1))
    without = tables(bare)
    assert without.regions is None
    assert bare.regions == {}
    assert {table.name: table.rows for table in without} == {t.name: t.rows for t in made if t.name != "regions"}


def test_members_of_a_claim_are_sentences_of_its_carriers(world: Trace) -> None:
    """Each row is a whole sentence; the claim's own text is one; the articles are those that carry the claim."""
    made = tables(world)
    raw = {article.id: article.text for article in world.articles}
    said: dict[tuple[Cell, Cell], dict[str, set[Cell]]] = defaultdict(lambda: {"texts": set(), "articles": set()})
    for row in made.claim_members:
        name = str(row["article"])
        span = Span(int(row["start"] or 0), int(row["stop"] or 0))
        assert span in {sentence.span for sentence in world.parsed[name].split.sentences}
        said[row["claim"], row["story"]]["texts"].add(span.of(raw[name]))
        said[row["claim"], row["story"]]["articles"].add(name)
    assert set(said) == {(row["id"], row["story"]) for row in made.claims}
    for row in made.claims:
        entry = said[row["id"], row["story"]]
        assert row["text"] in entry["texts"]
        assert entry["articles"] == set(str(row["carried_by"]).split("; "))


def test_rows_are_sorted_and_unique_by_key(world: Trace) -> None:
    """Every table is sorted by its key, and no two rows share one."""
    for table in tables(world):
        keys = [[row[name] for name in table.schema.key] for row in table]
        assert keys == sorted(keys)
        assert len({tuple(key) for key in keys}) == len(keys)


def test_tables_refer_to_rows_that_exist(world: Trace) -> None:
    """Ends of edges, sides of pairs, families and stories are all to be found where the codebook says."""
    made = tables(world)
    articles, sources = set(made.articles.column("id")), set(made.sources.column("id"))
    assert {cell for name in ("left", "right") for cell in made.pairs.column(name)} <= articles
    assert {cell for name in ("source", "target") for cell in made.edges.column(name)} <= articles | sources
    families = {part for cell in made.passages.column("family") if cell for part in str(cell).split("; ")}
    assert families <= set(made.claims.column("id"))
    assert set(made.claims.column("story")) <= set(made.articles.column("story"))


def test_every_claim_has_its_passages(world: Trace) -> None:
    """The articles that passages of a family connect are those that carry the claim."""
    made = tables(world)
    connected: dict[str, set[object]] = defaultdict(set)
    for row in made.passages:
        for claim in str(row["family"] or "").split("; "):
            connected[claim] |= {row["left"], row["right"]}
    for row in made.claims:
        assert connected[str(row["id"])] == set(str(row["carried_by"]).split("; "))


def test_verdicts_of_edges_are_those_of_their_pair(world: Trace) -> None:
    """Edges between articles repeat the pair's verdicts; other edges have none."""
    made = tables(world)
    pairs = {(row["left"], row["right"]): row for row in made.pairs}
    for row in made.edges:
        ends = sorted((str(row["source"]), str(row["target"])))
        pair = pairs.get((ends[0], ends[1]))
        assert row["direction"] == (pair["direction"] if pair else None)
        assert row["immediacy"] == (pair["immediacy"] if pair else None)


def test_the_clock_counts_only_behind_an_arrow(world: Trace) -> None:
    """``flips_if_clock_off_minutes`` is positive, and given for resolved and clearly dated pairs alone."""
    for row in tables(world).pairs:
        minutes = row["flips_if_clock_off_minutes"]
        if minutes is not None:
            assert float(minutes) > 0
            assert row["direction"] in ("left→right", "right→left")
            assert row["lag_hours"] is not None


def test_order_and_jobs_change_nothing(shuffled: tuple[Trace, Trace]) -> None:
    """The same articles in another order, on two processes, give equal tables."""
    first, second = (tables(entry) for entry in shuffled)
    for one, other in zip(first, second, strict=True):
        assert one.rows == other.rows


def test_outlets_count_edges_and_chances(wire: Trace) -> None:
    """An outlet pair counts articles with an edge, and expects at least what its surest pairs promise."""
    made = tables(wire)
    outlet = {row["id"]: row["outlet"] for row in made.articles}
    counted: dict[tuple[Cell, Cell], set[Cell]] = defaultdict(set)
    for edge in made.edges:
        if edge["source_kind"] == "article":
            counted[outlet[edge["source"]], outlet[edge["target"]]].add(edge["target"])
    assert counted
    rows = {(row["source_outlet"], row["target_outlet"]): row for row in made.outlets}
    for pair, targets in counted.items():
        assert rows[pair]["articles"] == len(targets)
    assert all(float(row["expected_articles"] or 0) >= 0.01 or row["articles"] for row in rows.values())
    assert sum(int(row["articles"] or 0) for row in rows.values()) == sum(map(len, counted.values()))


def test_skips_and_versions_are_carried_through(tampered: Callable[..., Trace]) -> None:
    """Skipped input and versions of articles appear as they stand in the trace."""
    skips = (SkippedArticle("b.txt", 0, "is empty"), SkippedArticle("a.csv", 7, "has no text"))
    made = tables(tampered(skipped=skips, version_of={"northam-post": "ap-lighthouse"}))
    assert list(made.skipped.rows) == [("a.csv", 7, "has no text"), ("b.txt", 0, "is empty")]
    assert [row["version_of"] for row in made.articles] == [None, None, "ap-lighthouse"]


def test_a_source_of_several_stories_is_one_row(wire: Trace, tampered: Callable[..., Trace]) -> None:
    """A named source that two stories know is one row that counts the articles of both; so is a repeated edge."""
    agency = Source("agency:isla", NodeKind.AGENCY, "ISLA", (Evidence("northam-post", Span(0, 6)),))
    first = Edge(agency.id, NodeKind.AGENCY, "northam-post", Relation.CREDITS, 0.9, 0.9, (), 0, 0.0, "credit")
    bare = wire.stories[0]
    story = replace(bare, graph=replace(bare.graph, sources=(agency,), edges=(first,)))
    other = Edge(agency.id, NodeKind.AGENCY, "ap-lighthouse", Relation.CREDITS, 0.99, 0.99, (), 0, 0.0, "told")
    twin = replace(story, graph=replace(story.graph, edges=(other,), comparisons=(), claims=()))
    before, after = tables(tampered(stories=(story,))), tables(tampered(stories=(story, twin, twin)))
    rows = [[row for row in made.sources if row["id"] == agency.id] for made in (before, after)]
    assert [len(found) for found in rows] == [1, 1]
    assert rows[1][0]["confidence"] == 0.99
    assert rows[1][0]["articles"] == int(rows[0][0]["articles"] or 0) + 1
    assert len(after.edges) == len(before.edges) + 1


def test_an_end_that_no_story_lists_gets_a_row(wire: Trace, tampered: Callable[..., Trace]) -> None:
    """An edge from a source without a record still has a source to point to, named by its id."""
    story = wire.stories[0]
    edge = Edge("agency:isla", NodeKind.AGENCY, "northam-post", Relation.DRAWS_ON, 0.7, 0.8, (), 1, 0.2, "")
    made = tables(tampered(stories=(replace(story, graph=replace(story.graph, edges=(*story.graph.edges, edge))),)))
    row = next(row for row in made.sources if row["id"] == "agency:isla")
    assert (row["kind"], row["name"], row["articles"], row["evidence"]) == ("agency", "isla", 1, None)
