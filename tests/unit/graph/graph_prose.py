"""Small stories for the tests of the graph, traced the way the story floor does it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from tracer.candidates import CandidatePair
from tracer.domain import Article
from tracer.graph import ProvenanceGraph
from tracer.split import ParsedArticle, parse_article
from tracer.story import StoryTrace, compare_candidates, trace_story

STORY = (
    "The ferry Gudrun struck the Hollin breakwater before dawn on Tuesday and lost her bronze bell. "
    "Divers from two villages quarrelled over the wreck while the harbour master hid his only winch. "
    "Nobody has seen the second engineer since the lamps went out along the northern quay. "
    "A goat that had boarded without a ticket swam ashore and ate the morning's timetable."
)
ASIDE = (
    "Elsewhere in the county the cheese fair opened under a grey sky, and visitors from the hills walked slowly among "
    "stalls of wax, twine and pickled turnip until the brass band had finished its last tired polka of the afternoon. "
    "Three prizes were handed out, none of them to anybody who had asked for one, and the mayor went home early."
)
WORDS = "We shall raise her before the herring come back to the bay"
SNOW = "Snow lay on the bandstand of Wick for nine days, and the trombones were carried home under blankets."
CLOCKS = "A cheesemaker in Dunmore has banned every clock from the ripening room after losing a wager to the mayor."


def parsed(name: str, text: str, outlet: str | None = None) -> ParsedArticle:
    """An English article, read."""
    return parse_article(Article(name, text, outlet=outlet), "en")


def traced(*articles: ParsedArticle) -> StoryTrace:
    """The story of these articles, every pair compared."""
    ordered = sorted(articles, key=lambda entry: entry.id)
    pairs = [CandidatePair(left, right, 0.5) for left, right in combinations(range(len(ordered)), 2)]
    return trace_story(articles, compare_candidates(ordered, pairs))


def edges(graph: ProvenanceGraph, relation: str) -> list[tuple[str, str]]:
    """Source and target of all edges of one relation."""
    return [(edge.source, edge.target) for edge in graph.edges if edge.relation == relation]


def sentence(text: str, number: int) -> str:
    """One sentence of a text."""
    return text.split(". ")[number].rstrip(".") + "."


def spoken(*by: str) -> Iterable[str]:
    """The statement with each of these tags behind it."""
    return (f"“{WORDS},” {tag}." for tag in by)


ONE = STORY
TWO = (
    STORY.replace("northern", "northren").replace("Divers from two villages", "Frogmen of two hamlets")
    + f" {sentence(ASIDE, 0)} The Hollin Post reported."
)
THREE = TWO.replace("bronze bell", "copper bell").replace("Hollin Post", "Dunmore Echo")
CHAIN = (parsed("a", ONE, "Hollin Post"), parsed("b", TWO, "Dunmore Echo"), parsed("c", THREE, "Wick Times"))
"""A copy of a copy: the third has what the second changed and added."""
COMMON = (
    parsed("a", f"HOLLIN, May 2 (AP) — {STORY}", "Hollin Post"),
    parsed("b", f"HOLLIN, May 2 (AP) — {STORY} {CLOCKS}", "Dunmore Echo"),
)
"""Two papers with one agency's text."""
QUOTED = (
    parsed("a", f"{SNOW} “{WORDS},” said Odd Grimsey.", "Hollin Post"),
    parsed("b", f"{CLOCKS} “{WORDS},” said Odd Grimsey.", "Dunmore Echo"),
)
"""Two reports that have one quotation in common and nothing else."""
UNSEEN = (
    parsed("a", f"{STORY.replace('bronze bell', 'old bronze bell')} {SNOW}"),
    parsed("b", f"{CLOCKS} {STORY.replace('only winch', 'one and only winch')}"),
)
"""Two papers with the same words, each with a few that the other lacks."""
UNRESOLVED_ENDS = (
    CHAIN[0],
    parsed("b", TWO.replace("northren", "northern").replace("struck", "whacked"), "Dunmore Echo"),
    parsed("c", THREE.replace("northren quay", "southern pier").replace("struck", "whacked"), "Wick Times"),
)
"""A copy of a copy whose ends, looked at alone, do not tell which came first."""
WIRED = (
    parsed("a", f"{STORY} “{WORDS},” said Odd Grimsey.", "UPI"),
    parsed("b", f"HOLLIN, May 3 (UPI) — {STORY} “{WORDS},” said Odd Grimsey.", "Hollin Post"),
)
"""An agency's own article, and a paper that credits it."""
TWICE = (
    parsed("a", f"{STORY} “{WORDS}.” {SNOW} {STORY} “{WORDS}.”"),
    parsed("b", f"“{WORDS}.” {STORY} {STORY} “{WORDS}.”"),
)
"""Everything said twice on both sides."""
STORIES = {
    "chain": CHAIN,
    "common": COMMON,
    "quoted": QUOTED,
    "unseen": UNSEEN,
    "unresolved ends": UNRESOLVED_ENDS,
    "wired": WIRED,
    "twice": TWICE,
    "alone": CHAIN[:1],
    "empty": (parsed("a", ""), parsed("b", "…")),
}
