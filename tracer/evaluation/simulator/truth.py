"""The true provenance graph of a simulation, as the gold format has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from tracer.domain import Span
from tracer.evaluation.simulator.drafts import quoted_words
from tracer.evaluation.simulator.kinship import Kinship, SharedLine, kinship
from tracer.evaluation.simulator.outlets import OutletKind
from tracer.evaluation.simulator.printing import Printed
from tracer.evaluation.simulator.story import Story, Text

FORMAT = "tracer-gold 1"
_CLAIMS = 3
_PHRASE_WORDS = 6

Entry = dict[str, Any]


@dataclass(slots=True)
class Truth:
    """What is true of a simulated corpus.

    Each field is a list of entries with plain values. ``pairs`` lists every pair of a story whose kind is decided
    (see :mod:`tracer.evaluation.simulator.kinship`), and for each article one pair with an article of another story.
    Offsets are half-open and count code points of the raw texts.
    """

    pairs: list[Entry] = field(default_factory=list)
    sources: list[Entry] = field(default_factory=list)
    edges: list[Entry] = field(default_factory=list)
    claims: list[Entry] = field(default_factory=list)
    stories: list[Entry] = field(default_factory=list)
    passages: list[Entry] = field(default_factory=list)
    families: list[Entry] = field(default_factory=list)

    def as_gold(self) -> Entry:
        """The gold file as one JSON object. Pairs that it does not list are unknown, not unrelated."""
        return {
            "format": FORMAT,
            "complete": False,
            "pairs": self.pairs,
            "sources": self.sources,
            "edges": self.edges,
            "claims": self.claims,
            "stories": self.stories,
            "passages": self.passages,
            "families": self.families,
        }


def truth_of(stories: Sequence[Story]) -> Truth:
    """The truth of all stories together; quadratic in the articles of one story, linear in stories."""
    truth = Truth()
    before: Story | None = None
    for story in stories:
        _StoryTruth(story, truth).tell()
        if before is not None:
            _tell_strangers(before, story, truth)
        before = story
    truth.pairs.sort(key=lambda pair: (pair["left"], pair["right"]))
    return truth


def _tell_strangers(before: Story, story: Story, truth: Truth) -> None:
    """One pair for each article with an article of the story before: they have nothing to do with each other."""
    others = sorted(text.id for text in before.texts if text.seen)
    for number, name in enumerate(sorted(text.id for text in story.texts if text.seen)):
        left, right = sorted((name, others[number % len(others)]))
        truth.pairs.append(_pair(story, left, right, Kinship("none", None, None, ()), "stranger"))


def _pair(story: Story, left: str, right: str, found: Kinship, recipe: str) -> Entry:
    return {
        "left": left,
        "right": right,
        "kind": found.kind,
        "origin": found.origin,
        "immediacy": found.immediacy,
        "story": story.id,
        "recipe": recipe,
        "filler": story.filler,
        "lexicon": story.lexicon,
        "base": story.base.id,
    }


class _StoryTruth:
    """Tells one story's truth into the record."""

    def __init__(self, story: Story, truth: Truth) -> None:
        self.story, self.truth = story, truth
        self.texts = {text.id: text for text in story.texts}
        self.seen = {text.id: text.seen for text in story.texts}
        self.handed_in = sorted((text for text in story.texts if text.seen), key=lambda text: text.id)
        self.printed = {text.id: text.print() for text in self.handed_in}

    def tell(self) -> None:
        linked = self._pairs()
        sources = [*self._unseen_sources(), *self._statements()]
        sources += self._credits()
        self._drawn_edges()
        self._families()
        self._claims()
        self.truth.sources += sorted(sources, key=lambda source: str(source["id"]))
        self.truth.stories.append(
            {
                "id": self.story.id,
                "articles": [text.id for text in self.handed_in],
                "roots": sorted(self.node(name) for name in self._roots(linked)),
            }
        )

    def node(self, name: str) -> str:
        """The id in the gold file of a text, handed in or not."""
        return name if self.seen[name] else f"unseen:{name}"

    def _pairs(self) -> set[str]:
        """Enter all decided pairs with their passages; the ids of all articles in a lineage pair."""
        linked: set[str] = set()
        for left, right in combinations(self.handed_in, 2):
            found = kinship(left, right, self.seen)
            if found.kind is None:
                continue
            entry = _pair(self.story, left.id, right.id, found, self._recipe(left, right, found))
            if found.kind == "lineage":
                linked |= {left.id, right.id}
                if left.outlet.name == right.outlet.name:
                    entry["version"] = True
            self.truth.pairs.append(entry)
            self._passages(left, right, found)
        return linked

    def _recipe(self, left: Text, right: Text, found: Kinship) -> str:
        """The recipes that lie between the two, in alphabetical order; of what is not lineage its kind of neighbour."""
        if found.kind == "statement":
            return "statement"
        if found.kind == "none":
            return "neighbour"
        ends = {"left→right": [right], "right→left": [left]}.get(found.origin or "", [left, right])
        names = {text.recipe for text in ends}
        if found.immediacy != "direct":
            ways = (line.between for line in found.shared if line.way == found.origin and line.own)
            names |= {self.texts[name].recipe for way in ways for name in way}
        return "+".join(sorted(names - {"original", "neighbour", "statement"})) or "verbatim"

    def _passages(self, left: Text, right: Text, found: Kinship) -> None:
        ours, theirs = self.printed[left.id], self.printed[right.id]
        for line in found.shared:
            one, other = _spans(line, ours, theirs, quoted=found.kind == "statement")
            if one and other:
                self.truth.passages.append(
                    {
                        "left": left.id,
                        "right": right.id,
                        "left_start": one.start,
                        "left_stop": one.stop,
                        "right_start": other.start,
                        "right_stop": other.stop,
                    }
                )

    def _roots(self, linked: set[str]) -> set[str]:
        """Texts without parents from which lines of a lineage pair come."""
        return {
            line.path[0]
            for text in self.handed_in
            if text.id in linked
            for line in text.lines
            if len(line.path) > 1 and not self.texts[line.path[0]].parents
        } | {name for name in linked if not self.texts[name].parents}

    def _drawn_edges(self) -> None:
        """An edge for every text from which lines were taken directly."""
        for text in self.story.texts:
            parents = {line.path[-2] for line in text.lines if len(line.path) > 1}
            self._edges(((self.node(parent), self.node(text.id)) for parent in parents), "draws_on")

    def _edges(self, ends: Iterable[tuple[str, str]], relation: str) -> None:
        self.truth.edges += [
            {"source": source, "target": target, "relation": relation} for source, target in sorted(set(ends))
        ]

    def _unseen_sources(self) -> list[Entry]:
        """Texts that nobody handed in; an agency's counts as such where a text at hand names that agency."""
        named = {name for text in self.handed_in for name in text.crediting.names}
        return [
            {
                "id": self.node(text.id),
                "kind": "agency" if text.outlet.kind is OutletKind.AGENCY and text.outlet.name in named else "unseen",
                "name": text.outlet.name,
                "children": self._children(text.id),
            }
            for text in self.story.texts
            if not text.seen
        ]

    def _children(self, name: str) -> list[str]:
        return [
            text.id
            for text in self.handed_in
            if any(len(line.path) > 1 and line.path[-2] == name for line in text.lines)
        ]

    def _statements(self) -> list[Entry]:
        """One source for each speaker, its children the texts that took quoted words from no other text."""
        children: dict[str, set[str]] = {}
        for text in self.story.texts:
            for line in text.lines:
                if len(line.path) == 1 and quoted_words(line):
                    for origin in line.origins:
                        if origin in self.story.base.speakers:
                            children.setdefault(self.story.base.speakers[origin], set()).add(text.id)
        made = []
        for number, (speaker, names) in enumerate(sorted(children.items())):
            source = f"statement:{self.story.id}:{number}"
            self._edges(((source, self.node(name)) for name in names), "quotes")
            quoting = sorted(name for name in names if self.seen[name])
            made.append({"id": source, "kind": "statement", "name": speaker or "unnamed speaker", "children": quoting})
        return made

    def _credits(self) -> list[Entry]:
        """Edges from what an article credits; a source of its own for a name that is no text's of the story."""
        lies: dict[str, set[str]] = {}
        for text in self.handed_in:
            for name in text.crediting.names:
                ancestors = {step for line in text.lines for step in line.path[:-1]}
                named = [other.id for other in self.story.texts if other.outlet.name == name and other.id in ancestors]
                if named:
                    self._edges([(self.node(named[0]), text.id)], "credits")
                else:
                    lies.setdefault(name, set()).add(text.id)
        made = []
        for name, texts in sorted(lies.items()):
            source = f"credited:{self.story.id}:{name}"
            self._edges(((source, target) for target in texts), "credits")
            made.append({"id": source, "kind": "outlet", "name": name, "children": sorted(texts)})
        return made

    def _families(self) -> None:
        members: dict[str, list[Entry]] = {}
        for text in self.handed_in:
            for line, span in zip(text.lines, self.printed[text.id].spans, strict=True):
                # A sentence made of several is counted with the first: families share no member.
                for origin in line.origins[:1]:
                    entry = {"article": text.id, "start": span.start, "stop": span.stop}
                    members.setdefault(origin, []).append(entry)
        for _, entries in sorted(members.items()):
            if len({entry["article"] for entry in entries}) > 1:
                self.truth.families.append({"members": entries})

    def _claims(self) -> None:
        """Runs of words that some texts share letter by letter and no other text of the story has."""
        told = 0
        for family in self.truth.families[-20:]:
            carriers = sorted({entry["article"] for entry in family["members"]})
            first = family["members"][0]
            if told == _CLAIMS or first["article"] not in self.printed:
                continue
            sentence = self.printed[first["article"]].text[first["start"] : first["stop"]]
            words = sentence.split(" ")
            phrase = " ".join(words[1 : 1 + _PHRASE_WORDS])
            holders = [text.id for text in self.handed_in if phrase in self.printed[text.id].text]
            if len(words) > _PHRASE_WORDS + 1 and len(holders) > 1 and set(holders) <= set(carriers):
                told += 1
                self.truth.claims.append({"phrase": phrase, "articles": carriers, "independent_origins": 1})


def _spans(line: SharedLine, ours: Printed, theirs: Printed, *, quoted: bool) -> tuple[Span, Span]:
    if quoted:
        return ours.quoted[line.left], theirs.quoted[line.right]
    return ours.spans[line.left], theirs.spans[line.right]
