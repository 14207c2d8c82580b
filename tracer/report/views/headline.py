"""The headline of an audit: what was found, in a few plain sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tracer.report.views.figures import count, listed, probability, sentence_case
from tracer.report.views.records import UNRESOLVED, ClaimView, EdgeView, PairView, Place
from tracer.report.views.table_views import TableViews

_STATEMENT = " statement"
_NAMED_EDGES = 3


def headline(views: TableViews) -> str:
    """What a reader in a hurry must know; one paragraph, safe to print once made plain."""
    size = len(views.articles)
    if size == 1:
        return (
            "One article, so there is nothing to compare it with. Hand in at least two to trace who draws on whom; "
            "`tracer inspect` shows how this one was read, credits and quotations included."
        )
    if not views.pairs:
        return (
            f"{sentence_case(count(size, 'article'))}. Of the pairs that were compared, none shares words beyond "
            "commonplaces, so nothing here suggests that one draws on another. That is no proof that they are "
            "independent: whoever rewrites every sentence leaves no shared words."
        )
    return " ".join(sentence for sentence in _sentences(views) if sentence)


def _sentences(views: TableViews) -> Iterator[str]:
    yield _pairs(views)
    yield _most_carried(views)
    yield _draws(views)
    yield _open(views)


def _pairs(views: TableViews) -> str:
    size, linked = len(views.articles), len(views.pairs)
    own, stated = (
        sum(1 for pair in views.pairs.values() if pair.verdict == "lineage" and pair.has_statement is has_statement)
        for has_statement in (False, True)
    )
    among = sum(1 for articles in views.stories.values() if len(articles) > 1)
    opening = sentence_case(count(size, "article")) + _handed_in(views)
    opening += f", {count(among)} stories of two or more." if among > 1 else "."
    every = size * (size - 1) // 2 - sum(1 for article in views.articles.values() if article.version_of)
    if own == every:
        return f"{opening} {'Both share' if every == 1 else 'Every pair shares'} a journalist's own words."
    if every == stated == 1:
        return f"{opening} The other has words of it as its own."
    if every == 1:
        return f"{opening} They share only third-party words such as a statement."
    shares = (
        (own, "a journalist's own words"),
        (stated, "words of a statement that an article gives as its own"),
        (linked - own - stated, "only third-party words such as a statement"),
    )
    said = [f"{count(pairs)} {'shares' if pairs == 1 else 'share'} {what}" for pairs, what in shares if pairs]
    rest = f"; no link was found in the other {count(every - linked)}" if every > linked else ""
    return f"{opening} Of their {every:,} pairs, {listed(said)}{rest}."


def _handed_in(views: TableViews) -> str:
    stated = sum(1 for article in views.articles.values() if article.kind == "statement")
    return f", {count(stated)} of them handed in as {'a statement' if stated == 1 else 'statements'}" if stated else ""


def _most_carried(views: TableViews) -> str:
    if not views.claims:
        return ""
    claim = views.claims[0]
    carriers, size = len(claim.articles), len(views.articles)
    every = "Both" if size == len(("one", "other")) else f"All {count(size)}"
    who = every if carriers == size else f"{sentence_case(count(carriers))} of the {count(size)}"
    issuer = _issuer(views, claim)
    same = f"carry words of the same {issuer}" if issuer else "carry one and the same sentence"
    houses = count(claim.outlets, "outlet") if claim.outlets == carriers else count(carriers, "article")
    return f"{who} {same}: {houses}, {_origins(claim)}."


def _origins(claim: ClaimView) -> str:
    if claim.low == claim.high:
        return count(claim.low, "origin") if claim.low == 1 else count(claim.low, "independent origin")
    return f"{claim.low} to {claim.high} independent origins"


def _issuer(views: TableViews, claim: ClaimView) -> str:
    """The statement source that at least half of a claim's sentences carry words of; empty where there is none."""
    sentences: dict[str, list[Place]] = defaultdict(list)
    for place in views.claim_places(claim):
        sentences[place[0]].append(place)
    hits = {
        source.name: len({use[0] for use in source.places if any(_overlap(use, s) for s in sentences.get(use[0], ()))})
        for source in views.sources
        if source.kind == "statement" and source.name.endswith(_STATEMENT)
    }
    best = min(hits, key=lambda name: (-hits[name], name), default="")
    return best if best and 2 * hits[best] >= len(claim.articles) else ""


def _overlap(one: Place, other: Place) -> bool:
    """Whether two stretches of one article overlap."""
    return one[1] < other[2] and other[1] < one[2]


def _draws(views: TableViews) -> str:
    edges = [edge for edge in views.edges if edge.is_drawn and edge.direction != UNRESOLVED]
    edges.sort(key=lambda edge: (-edge.p, edge.source, edge.target))
    if edges:
        shown = listed([_draw(edge) for edge in edges[:_NAMED_EDGES]])
        left = len(edges) - _NAMED_EDGES
        more = f"; {left:,} more such {'edge' if left == 1 else 'edges'}" if left > 0 else ""
        return f"Inferred: {shown}{more}."
    return ""


def _draw(edge: EdgeView) -> str:
    return f"{edge.target} draws on {edge.source} (P {probability(edge.p)})"


def _open(views: TableViews) -> str:
    behind: dict[str, set[str]] = {}
    for edge in views.edges:
        if edge.source_kind == "unseen":
            behind.setdefault(edge.target, set()).add(edge.source)
    common = [
        pair
        for pair in views.pairs.values()
        if pair.direction == "common source" and behind.get(pair.left, set()) & behind.get(pair.right, set())
    ]
    still = [pair for pair in views.pairs.values() if pair.direction == UNRESOLVED]
    shown = []
    if common:
        shown.append(f"{_both(common)} on an unseen text, as far as can be inferred.")
    if still:
        which = f"{still[0].left} or {still[0].right}" if len(still) == 1 else f"in {count(len(still))} pairs"
        shown.append(
            f"Unresolved: which came first, {which}." if len(still) == 1 else f"Unresolved {which}: which came first."
        )
    return " ".join(shown)


def _both(pairs: list[PairView]) -> str:
    if len(pairs) > 1:
        return f"In {count(len(pairs))} pairs both sides draw"
    return f"{pairs[0].left} and {pairs[0].right} both draw"
