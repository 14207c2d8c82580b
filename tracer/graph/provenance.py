"""The provenance graph of one story: all sources, all edges, all claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracer.align import Member
from tracer.evidence import Comparison, Weights, names_outlet
from tracer.graph.accounts import Account, accounts
from tracer.graph.agency_texts import AgencyTexts, surest
from tracer.graph.claims import Claim, find_claims
from tracer.graph.known_sources import named_commons
from tracer.graph.lineage import Descends, article_edges
from tracer.graph.medians import with_median_tests
from tracer.graph.named import Naming, named_sources, namings
from tracer.graph.nodes import Edge, Source
from tracer.graph.owned import remembering_owners
from tracer.graph.parents import Parent, sentence_parents
from tracer.graph.places import Places
from tracer.graph.posterior import story_descents, story_posterior
from tracer.graph.statements import find_statements, given_statements
from tracer.graph.unseen import unseen_sources
from tracer.graph.witnesses import version_descents, with_third_witnesses
from tracer.split import ParsedArticle


@dataclass(frozen=True, slots=True)
class ProvenanceGraph:
    """Everything inferred about one story.

    ``comparisons`` are the pairs as judged with the whole story in view. ``sources`` and ``edges`` are sorted; edges
    run from source to target and have no cycle. ``parents`` lists for each sentence with a known origin its competing
    parents. ``claims`` are the sentence families with their independent origins. ``accounts`` gives per article id
    whose words it holds, ``roots`` P(neither an article of the story nor an unseen text is a source of it), articles
    without lineage left out.
    ``warnings`` are for the reader.
    """

    comparisons: tuple[Comparison, ...]
    sources: tuple[Source, ...]
    edges: tuple[Edge, ...]
    claims: tuple[Claim, ...]
    parents: Mapping[Member, tuple[Parent, ...]]
    accounts: Mapping[str, Account]
    roots: Mapping[str, float]
    warnings: tuple[str, ...] = ()


@remembering_owners()
def build_graph(
    articles: Mapping[str, ParsedArticle],
    comparisons: Sequence[Comparison],
    updates: Sequence[Comparison],
    weights: Weights,
    seed: int,
) -> ProvenanceGraph:
    """Infer the graph of one story from its compared pairs. Pure; independent of the order of the inputs.

    ``updates`` are compared pairs of versions of one outlet's article.
    """
    pairs = sorted(comparisons, key=lambda comparison: (comparison.left, comparison.right))
    versions = version_descents(articles, updates)
    judged = with_third_witnesses(articles, with_median_tests(articles, pairs, weights), versions, weights)
    posterior = story_posterior(articles, judged, versions, weights, seed)
    descents = story_descents(articles, judged, posterior, weights)
    statements = find_statements(articles, judged, weights)
    given = given_statements(articles, judged, weights)
    drawn_on = _outlets_drawn_on(articles, descents)
    found = [entry for entry in namings(articles.values(), weights) if not _is_seen(entry, drawn_on)]
    named, credits_ = named_sources(articles, found)
    places = Places(articles)
    agencies = AgencyTexts.of(places, named, credits_)
    shared_wire = list(agencies.behind_siblings(judged))
    known = named_commons(articles, judged) | {pair for pair, _ in shared_wire}
    unseen, unseen_edges = unseen_sources(places, judged, known, posterior.unseen)
    through_agencies = [*agencies.behind_descents(descents), *(edge for _, edge in shared_wire)]
    edges = [
        *article_edges(articles, descents),
        *credits_,
        *(edge for statement in (*statements, *given) for edge in agencies.statement_edges(statement)),
        *surest(through_agencies),
        *unseen_edges,
    ]
    edges.sort(key=lambda edge: (edge.target, edge.source, edge.relation))
    sources = [*named, *unseen, *(statement.source for statement in statements)]
    return ProvenanceGraph(
        tuple(judged),
        tuple(sorted(sources, key=lambda source: source.id)),
        tuple(edges),
        tuple(find_claims(articles, judged, seed)),
        sentence_parents(places, edges, descents, posterior.parents),
        accounts(articles, judged, edges, posterior.upstream),
        {name: posterior.roots[name] for name in sorted(posterior.roots)},
        tuple(posterior.warnings),
    )


def _outlets_drawn_on(articles: Mapping[str, ParsedArticle], descents: Iterable[Descends]) -> dict[str, set[str]]:
    """The outlets of the articles that each article draws on."""
    outlets: dict[str, set[str]] = defaultdict(set)
    for entry in descents:
        outlet = articles[entry.source].article.outlet
        if outlet is not None and entry.is_edge:
            outlets[entry.target].add(outlet)
    return outlets


def _is_seen(naming: Naming, drawn_on: Mapping[str, Iterable[str]]) -> bool:
    """Whether the source an article names is itself among the articles it draws on."""
    return any(names_outlet(naming.source, outlet) for outlet in drawn_on.get(naming.article, ()))
