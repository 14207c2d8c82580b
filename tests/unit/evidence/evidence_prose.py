"""Small constructed pairs, each made to show certain clues."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tracer.domain import UNDATED, Article, ArticleKind, Precision, Published
from tracer.evidence import Comparison, Question, compare
from tracer.split import ParsedArticle, parse_article

STORY = (
    "The ferry Gudrun struck the Hollin breakwater before dawn on Tuesday and lost her bronze bell. "
    "Divers from two villages quarrelled over the wreck while the harbour master hid his only winch. "
    "Nobody has seen the second engineer since the lamps went out along the northern quay. "
    "A goat that had boarded without a ticket swam ashore and ate the morning's timetable."
)
ASIDE = (
    "Elsewhere in the county the cheese fair opened under a grey sky, and visitors from the hills walked slowly among "
    "stalls of wax, twine and pickled turnip until the brass band had finished its last tired polka of the afternoon. "
    "Three prizes were handed out, none of them to anybody who had asked for one, and the mayor went home early. "
)
GRIMSEY = "Nobody who lives along the quay had ever seen Grimsey hand his only winch to a diver."
QUOTE = "“We shall raise her before the herring come back to the bay,” said Odd Grimsey."


def at(hours: float) -> Published:
    """A moment, to the minute, so many hours after noon of one day."""
    return Published(datetime(2031, 5, 2, 12, tzinfo=UTC) + timedelta(hours=hours), Precision.MINUTE)


def parsed(
    name: str, text: str, outlet: str | None = None, published: Published = UNDATED, byline: str | None = None
) -> ParsedArticle:
    """An English article, read."""
    return parse_article(Article(name, text, outlet=outlet, published=published, byline=byline), "en")


def handed_in(entry: ParsedArticle, kind: ArticleKind) -> ParsedArticle:
    """The same article, handed in as something else."""
    return parse_article(replace(entry.article, kind=kind), "en")


def both_ways(left: ParsedArticle, right: ParsedArticle, cosine: float = 1.0) -> tuple[Comparison, Comparison]:
    """The pair compared under ids a and b, and with the ids exchanged."""
    ours, theirs = left.article, right.article
    again = [
        handed_in(parsed(name, side.text, side.outlet, side.published), side.kind)
        for name, side in (("a", theirs), ("b", ours))
    ]
    return compare(left, right, cosine), compare(again[0], again[1], cosine)


def weights_of(comparison: Comparison, question: Question) -> dict[str, float]:
    """The sum of each clue's weights in the ledger of one question."""
    sums: dict[str, float] = {}
    for clue in comparison.clues():
        if clue.question is question:
            sums[clue.name] = sums.get(clue.name, 0.0) + clue.weight
    return sums


_RETOLD = (
    "Grimsey, harbour master of Hollin, hid his winch while divers quarrelled over the sunken wreck of the ferry. "
    "The lamps along Hollin quay went out and the second engineer of the ferry Gudrun vanished from the quay. "
    "A goat without a ticket boarded the Gudrun, swam ashore and devoured the morning timetable of the ferry. "
    "Bronze bell of the ferry Gudrun lost on Tuesday as she struck Hollin breakwater before dawn."
)
_TOLD = (
    "Divers quarrelled over the ferry's wreck and Grimsey, the Hollin harbour master, has hidden the winch. "
    "From the quay at Hollin the second engineer vanished when lamps on the ferry Gudrun went out. "
    "The goat, which boarded Gudrun with no ticket, swam ashore and then devoured a morning timetable. "
    "When Gudrun struck the breakwater at Hollin on Tuesday, before dawn, the ferry lost a bronze bell."
)
_NAMED = " Reuters reported the loss. TASS said the goat was well. The winch was found, according to CNN."
_WIRE = "HOLLIN, May 2 (AP) — "
_LONG_QUOTE = (
    "“We shall raise her before the herring come back to the bay, and if nobody lends us a winch we shall pull.”"
)
_ASHORE = "“The gulls had the bread and the goat had the timetable, and nobody ashore had lent a hand.”"
_MORE = (
    "The Gudrun had struck that breakwater twice already, and each time winch and divers came from the same two "
    "villages; her engineer used to say that the bell rang by itself before a wreck."
)
_CAPTAIN = "The only one who asked after her was Capt. Ilse Brandeth, who had sailed with her brother for eleven years."
_MIXED = (
    "The harbour master’s winch was the county’s only one. The ferry's owner had the engineer's boots. "
    '“No,” he said, “I shall not pay.” A diver asked "who will" and "with what".'
)
_SENTENCES = [sentence.rstrip(".") + "." for sentence in STORY.split(". ")]

PAIRS: dict[str, tuple[ParsedArticle, ParsedArticle]] = {
    "duplicate": (parsed("a", STORY), parsed("b", STORY)),
    "a statement": (handed_in(parsed("a", STORY), ArticleKind.STATEMENT), parsed("b", f"{ASIDE}{STORY}")),
    "an agency's": (handed_in(parsed("a", STORY), ArticleKind.AGENCY), parsed("b", f"{ASIDE}{STORY}")),
    "spun": (parsed("a", STORY), parsed("b", STORY.replace("struck", "whacked").replace("harbour", "haven"))),
    "scarred": (parsed("a", STORY.replace("A goat", "An animal")), parsed("b", STORY.replace("A goat", "An beast"))),
    "misspelt": (parsed("a", STORY), parsed("b", STORY.replace("northern", "northren"))),
    "same slip": (
        parsed("a", STORY.replace("northern", "northren")),
        parsed("b", STORY.replace("northern", "northren")),
    ),
    "introduced": (
        parsed("a", f"Mayor Odd Grimsey waited. {STORY} {GRIMSEY}"),
        parsed("b", f"{STORY} {GRIMSEY}"),
    ),
    "at home": (parsed("a", f"{STORY} {_MORE}"), parsed("b", f"{STORY} {ASIDE}")),
    "wrong accents": (parsed("a", STORY), parsed("b", STORY.replace("'", "´"))),
    "cut in two": (
        parsed("a", f"{STORY} {_CAPTAIN}"),
        parsed("b", f"{STORY} {_CAPTAIN.replace('Capt. ', 'Capt.' + chr(10) * 2)}"),
    ),
    "two hands": (parsed("a", f"{STORY} {_MIXED}"), parsed("b", f"{_MIXED} {STORY}")),
    "both quote more": (
        parsed("a", f"{STORY} {_LONG_QUOTE} {_ASHORE.replace(', and nobody ashore had lent a hand', '')}"),
        parsed("b", f"{STORY} {_LONG_QUOTE.replace(', and if nobody lends us a winch we shall pull', '')} {_ASHORE}"),
    ),
    "scarred and named in passing": (
        parsed("a", STORY, "Hollin Post"),
        parsed("b", f"{STORY.replace('A goat', 'An goat')} A cat sat by the Hollin Post.", "Dunmore Echo"),
    ),
    "named in passing": (
        parsed("a", STORY, "Hollin Post"),
        parsed("b", f"{STORY} A cat sat by the Hollin Post.", "Dunmore Echo"),
    ),
    "credited": (parsed("a", STORY, "Hollin Post"), parsed("b", f"{STORY} The Hollin Post reported.", "Dunmore Echo")),
    "credited far away": (
        parsed("a", STORY, "CNN"),
        parsed("b", f"{STORY}\n\n{ASIDE}\n\nThe fair was rained off, according to CNN.", "Dunmore Echo"),
    ),
    "named far away, and earlier": (
        parsed("a", f"Mayor Odd Grimsey waited. {STORY}", "CNN", at(0)),
        parsed(
            "b",
            f"{STORY.replace('A goat', 'An goat')} Grimsey left.\n\n{ASIDE}\n\nThe fair ended, according to CNN.",
            "Dunmore Echo",
            at(9),
        ),
    ),
    "told the outlet": (
        parsed("a", f"{STORY} “I swam,” the cook told the Hollin Post on the wet quay that evening.", "Hollin Post"),
        parsed("b", f"{STORY} “I swam,” the cook told the Hollin Post on the wet quay that evening.", "Dunmore Echo"),
    ),
    "same wire": (parsed("a", _WIRE + STORY, "Hollin Post"), parsed("b", _WIRE + STORY, "Dunmore Echo")),
    "one wire": (parsed("a", _WIRE + STORY, "Hollin Post"), parsed("b", STORY, "Dunmore Echo")),
    "the agency": (parsed("a", STORY, "Associated Press"), parsed("b", STORY, "Dunmore Echo")),
    "agency credited": (parsed("a", STORY, "Associated Press"), parsed("b", _WIRE + STORY, "Dunmore Echo")),
    "same source here": (
        parsed("a", f"{STORY} The bell was lost, according to Reuters."),
        parsed("b", f"{STORY} The bell sank, according to Reuters."),
    ),
    "same source": (
        parsed("a", f"{STORY}\n\n{ASIDE}\n\nThe fair closed at five, according to Reuters."),
        parsed("b", f"{STORY}\n\n{ASIDE.upper()[::-1]}\n\nWheat rose a little, according to Reuters."),
    ),
    "compilers": (parsed("a", STORY + _NAMED), parsed("b", STORY + _NAMED)),
    "lifted": (parsed("a", STORY, "Hollin Post"), parsed("b", f"It was a sad night. “{STORY}”", "Dunmore Echo")),
    "lifted by name": (
        parsed("a", STORY, "Hollin Post"),
        parsed("b", f"The Hollin Post wrote: “{STORY}”", "Dunmore Echo"),
    ),
    "partly lifted": (
        parsed("a", f"{STORY} {ASIDE}", "Hollin Post"),
        parsed("b", f"{STORY} The rest is told by the Hollin Post: “{ASIDE}”", "Dunmore Echo"),
    ),
    "statement": (parsed("a", f"{QUOTE} Snow fell on Wick."), parsed("b", f"{ASIDE} {QUOTE}")),
    "told an outlet": (
        parsed("a", f"{_LONG_QUOTE[:-2]},” Odd Grimsey told Politico. Snow fell on Wick."),
        parsed("b", f"{ASIDE} {_LONG_QUOTE[:-2]},” Odd Grimsey told Politico."),
    ),
    "told an outlet, says one": (
        parsed("a", f"{_LONG_QUOTE[:-2]},” Odd Grimsey said. Snow fell on Wick."),
        parsed("b", f"{ASIDE} {_LONG_QUOTE[:-2]},” Odd Grimsey told Politico."),
    ),
    "told a third outlet": (
        parsed("a", f"{STORY} {_LONG_QUOTE[:-2]},” Odd Grimsey told Politico.", "Hollin Post"),
        parsed("b", f"{STORY} {_LONG_QUOTE[:-2]},” Odd Grimsey told Politico.", "Dunmore Echo"),
    ),
    "told a third outlet, says one": (
        parsed("a", f"{STORY} {_LONG_QUOTE[:-2]},” Odd Grimsey told Politico.", "Hollin Post"),
        parsed("b", f"{STORY} {_LONG_QUOTE[:-2]},” Odd Grimsey said.", "Dunmore Echo"),
    ),
    "uncredited": (parsed("a", STORY, "Hollin Post"), parsed("b", STORY, "Dunmore Echo")),
    "retold": (parsed("a", _TOLD), parsed("b", _RETOLD)),
    "both add": (
        parsed("a", STORY.replace("bronze bell", "old bronze bell")),
        parsed("b", STORY.replace("only winch", "one and only winch")),
    ),
    "moved": (parsed("a", " ".join(_SENTENCES)), parsed("b", " ".join(_SENTENCES[2:] + _SENTENCES[:2]))),
    "dated": (parsed("a", STORY, published=at(0)), parsed("b", STORY, published=at(5))),
    "cut": (parsed("a", f"{STORY} {ASIDE}"), parsed("b", STORY)),
    "quote restored": (
        parsed("a", f"{STORY} {QUOTE.replace(' back to the bay', '')}", "Hollin Post"),
        parsed("b", f"{STORY} {_LONG_QUOTE} The Hollin Post reported.", "Dunmore Echo"),
    ),
    "commonplace": (
        parsed("a", "It was the first time in a year that this had happened, he said."),
        parsed("b", "For some it was the first time in a year."),
    ),
}
