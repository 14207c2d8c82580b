"""Sums over orders: against brute force, and sampled against exact."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from order_oracle import enumerated, invented

from tracer.graph.ancestry import Graphs, all_graphs, ancestry, drawn_graphs
from tracer.graph.orders import Orders, exact_orders
from tracer.graph.parent_sets import MOST_PARENTS, ParentSets, parent_sets, rows_over
from tracer.graph.sampling import sampled_orders, split_r_hat

P_COMMON = 0.6
TANGLES = [(2, 1, 1.0), (3, 2, 1.0), (3, 3, 0.7), (4, 4, 1.0), (4, 5, 0.6), (5, 6, 1.0), (5, 7, 0.5)]


def tables_of(count: int, seed: int, linked: float = 1.0) -> list[ParentSets]:
    return parent_sets(invented(count, seed, linked), P_COMMON)


def edges_of(tables: list[ParentSets], orders: Orders) -> dict[tuple[int, int], float]:
    found = {}
    for number, (table, before) in enumerate(zip(tables, orders.before, strict=True)):
        rows = table.row_probabilities(before)
        for place, member in enumerate(table.members):
            found[member, number] = float(rows[(table.grid.parents >> place) & 1 == 1].sum())
    return found


@pytest.mark.parametrize(("count", "seed", "linked"), TANGLES)
def test_edges_agree_with_brute_force(count: int, seed: int, linked: float) -> None:
    """All orders and all parents of small tangles, to nine digits."""
    truth = enumerated(invented(count, seed, linked), P_COMMON)
    tables = tables_of(count, seed, linked)
    found = edges_of(tables, exact_orders(tables, 0, 0))
    assert found == pytest.approx({pair: truth.edges[pair] for pair in found}, abs=1e-9)


@pytest.mark.parametrize(("count", "seed", "linked"), [tangle for tangle in TANGLES if tangle[0] < 5])
def test_ancestors_and_roots_agree_with_brute_force(count: int, seed: int, linked: float) -> None:
    """Where all graphs are gone through: ancestors, roots and unseen texts to nine digits."""
    truth = enumerated(invented(count, seed, linked), P_COMMON)
    tables = tables_of(count, seed, linked)
    found = ancestry(tables, all_graphs(tables))
    for source, target in itertools.permutations(range(count), 2):
        assert found.upstream[target, source] == pytest.approx(truth.upstream[source, target], abs=1e-9)
    assert found.roots.tolist() == pytest.approx([truth.roots[number] for number in range(count)], abs=1e-9)
    for one, other in itertools.combinations(range(count), 2):
        assert found.behind[one, other] == pytest.approx(truth.behind[one, other], abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_drawn_graphs_agree_with_brute_force(seed: int) -> None:
    """Twenty thousand draws, within four standard errors; the same seed draws the same graphs."""
    truth = enumerated(invented(4, seed), P_COMMON)
    tables = tables_of(4, seed)
    orders = exact_orders(tables, 20_000, seed)
    graphs = drawn_graphs(tables, orders.drawn, seed)
    found = ancestry(tables, graphs)
    for source, target in itertools.permutations(range(4), 2):
        assert found.upstream[target, source] == pytest.approx(truth.upstream[source, target], abs=0.015)
    assert found.roots.tolist() == pytest.approx([truth.roots[number] for number in range(4)], abs=0.015)
    again = drawn_graphs(tables, exact_orders(tables, 20_000, seed).drawn, seed)
    assert np.array_equal(graphs.rows, again.rows)


@pytest.mark.parametrize(("count", "linked"), [(6, 1.0), (8, 0.6)])
def test_sampled_orders_agree_with_exact_ones(count: int, linked: float) -> None:
    """Order-MCMC finds the edges of the dynamic program, and says that it has settled."""
    tables = tables_of(count, 11, linked)
    outside: list[dict[int, float]] = [{} for _ in tables]
    sampled = sampled_orders(tables, outside, np.zeros(count), 500, 3)
    assert sampled.converged
    exact = edges_of(tables, exact_orders(tables, 0, 0))
    assert edges_of(tables, sampled.orders) == pytest.approx(exact, abs=0.08)
    assert len(sampled.orders.drawn) <= 500
    again = sampled_orders(tables, outside, np.zeros(count), 500, 3)
    assert np.array_equal(again.orders.drawn, sampled.orders.drawn)


def test_articles_outside_the_neighbourhood_count_when_they_come_first() -> None:
    """A factor of next to nothing on one order leaves the other."""
    tables = tables_of(2, 1)
    bare = parent_sets(invented(2, 1, 0.0), P_COMMON)
    sampled = sampled_orders(bare, [{1: -20.0}, {}], np.zeros(2), 100, 0)
    assert [len(table.members) for table in bare] == [0, 0]
    assert sampled.converged
    one_way = sampled_orders(tables, [{1: -20.0}, {}], np.zeros(2), 100, 0)
    assert one_way.orders.before[0][1] < 0.01


def test_chains_that_do_not_mix_are_told_apart() -> None:
    """Split-R̂ is near one for like chains, and large where one sits elsewhere."""
    like = np.random.default_rng(0).normal(size=(4, 200))
    assert split_r_hat(like) < 1.03
    assert split_r_hat(like + np.array([[0.0], [0.0], [0.0], [9.0]])) > 2
    assert split_r_hat(np.zeros((4, 20))) == 1
    assert split_r_hat(np.repeat([[0.0], [1.0]], 20, axis=1)) == np.inf


def test_extreme_clues_neither_overflow_nor_vanish() -> None:
    """Likelihood ratios of a million against one in eight articles still give probabilities."""
    hoods = [replace(hood, descent=hood.descent**40, common=hood.common**40) for hood in invented(8, 5)]
    tables = parent_sets(hoods, P_COMMON)
    orders = exact_orders(tables, 50, 0)
    assert all(0 <= chance <= 1 + 1e-9 for chance in edges_of(tables, orders).values())
    assert all(before.sum() == pytest.approx(1.0) for before in orders.before)
    found = ancestry(tables, drawn_graphs(tables, orders.drawn, 0))
    assert np.isfinite(found.upstream).all()
    assert np.isfinite(found.roots).all()


def test_no_graph_has_a_cycle() -> None:
    """Nothing is its own ancestor, and no two are each other's, in any drawn graph."""
    tables = tables_of(6, 9)
    graphs = drawn_graphs(tables, exact_orders(tables, 40, 1).drawn, 1)
    for row in range(40):
        upstream = ancestry(tables, Graphs(np.ones(1), graphs.rows[row : row + 1])).upstream
        assert not np.diag(upstream).any()
        assert not (upstream * upstream.T).any()


def test_the_grid_lists_parents_within_predecessors() -> None:
    """Each row once, at most so many parents, sorted, with a first row for each predecessor set."""
    grid = rows_over(6)
    assert not (grid.parents & ~grid.predecessors).any()
    assert max(int(mask).bit_count() for mask in grid.parents) == MOST_PARENTS
    assert len(set(zip(grid.predecessors.tolist(), grid.parents.tolist(), strict=True))) == len(grid.parents)
    assert grid.predecessors[grid.starts].tolist() == list(range(2**6))


def test_a_table_depends_on_its_neighbourhood_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever others are tabulated with it, and however many of them at once: to the last bit."""
    hoods = [hood for count, seed, linked in TANGLES for hood in invented(count, seed, linked)]
    together = parent_sets(hoods, P_COMMON)
    monkeypatch.setattr("tracer.graph.parent_sets._ROWS_AT_ONCE", 60)
    for alone, table in zip(parent_sets(hoods, P_COMMON), together, strict=True):
        assert alone.members == table.members
        for name in ("log_weight", "score", "extra", "unseen"):
            assert np.array_equal(getattr(alone, name), getattr(table, name))
