"""Articles that were handed in as a statement or as an agency's: what that says of a pair."""

from __future__ import annotations

import pytest
from evidence_prose import ASIDE, QUOTE, STORY, at, both_ways, handed_in, parsed, weights_of

from tracer.candidates import accepted_words, attested_words, mark_attested
from tracer.domain import ArticleKind
from tracer.evidence import Direction, Immediacy, Kind, Owner, Question, compare, ownership
from tracer.split import ParsedArticle

RARE = 25.0
STATEMENT = handed_in(parsed("m", f"{STORY} {QUOTE}"), ArticleKind.STATEMENT)
FIRST, SECOND = (f"{sentence.rstrip('.')}." for sentence in STORY.split(". ")[:2])


def marked(*articles: ParsedArticle) -> list[ParsedArticle]:
    """The articles, as a run marks them."""
    accepted = accepted_words([attested_words(entry) for entry in articles])
    return [mark_attested(entry, accepted, RARE) for entry in articles]


def test_two_that_share_only_its_words_share_a_statement() -> None:
    """Else it were lineage."""
    one, other = parsed("a", f"{STORY} {ASIDE}"), parsed("b", STORY)
    assert compare(one, other, 1.0).kind.verdict is Kind.LINEAGE
    left, right, _ = marked(one, other, STATEMENT)
    found = compare(left, right, 1.0)
    assert found.kind.verdict is Kind.STATEMENT
    assert found.descent is None


def test_two_that_share_words_of_their_own_beside_share_a_lineage() -> None:
    own = "The harbour chaplain, who keeps ferrets, blessed each of the divers twice and charged them for one blessing."
    more = "Her bell had been cast from melted trombones, and every Whitsun the choirboys polished it with lard."
    left, right, _ = marked(
        parsed("a", f"{FIRST} {own} {more}"), parsed("b", f"{SECOND} {FIRST} {own} {more}"), STATEMENT
    )
    assert compare(left, right, 1.0).kind.verdict is Kind.LINEAGE


def test_short_runs_of_a_statement_are_its_words_too() -> None:
    """Papers that edit a release keep fewer words in a row than those of a quotation that are marked elsewhere."""
    text = "She struck the Hollin breakwater before dawn, they say."
    left, _ = marked(parsed("a", text), STATEMENT)
    quoted = [word for word, kind in zip(left.tokens.words, left.classes.tolist(), strict=True) if kind == 1]
    assert quoted == ["struck", "the", "hollin", "breakwater", "before", "dawn"]


def test_a_statement_stays_as_it_is() -> None:
    """Whoever quotes it."""
    quoting = parsed("a", f"{ASIDE}“{STORY},” Odd Grimsey said in a statement.")
    assert list(marked(quoting, STATEMENT)[1].classes) == list(STATEMENT.classes)


@pytest.mark.parametrize("hours", [-50, 50])
def test_the_arrow_runs_from_the_statement_whatever_the_dates_say(hours: float) -> None:
    stated = handed_in(parsed("a", STORY, published=at(0)), ArticleKind.STATEMENT)
    forwards, backwards = both_ways(stated, parsed("b", f"{ASIDE}{STORY}", published=at(hours)))
    assert (forwards.direction, backwards.direction) == (Direction.LEFT, Direction.RIGHT)
    assert forwards.descent is not None
    assert forwards.descent.p_left > 0.999
    decisive = forwards.descent.direction.decisive()
    assert decisive is not None
    assert decisive.name == "given_statement"
    assert forwards.clock_margin is None


def test_a_single_sentence_of_a_statement_is_enough() -> None:
    """Between two articles it would not be: both might have it from somebody else."""
    text = f"{ASIDE}Nobody has seen the second engineer since the lamps went out, they say."
    assert compare(parsed("a", text), parsed("m", f"{STORY} {QUOTE}"), 0.1).kind.verdict is not Kind.LINEAGE
    assert compare(parsed("a", text), STATEMENT, 0.1).kind.verdict is Kind.LINEAGE


def test_whoever_quotes_it_shares_a_statement_with_it() -> None:
    """In quotation marks, behind a colon, or in the first person."""
    for text in (f"{ASIDE}“{FIRST} {SECOND},” the board said.", f"{ASIDE}The board said:\n\n{FIRST} {SECOND}"):
        found = compare(parsed("a", text), STATEMENT, 0.1)
        assert found.kind.verdict is Kind.STATEMENT
        assert "quoted_words_of" not in {clue.name for clue in found.clues()}


def test_quotation_marks_inside_a_statement_are_its_own() -> None:
    """Its words are its issuer's, whoever speaks in it; an article that leaves the marks away has them as its own."""
    spoken = "“The old bronze bell was rung by a goat each Michaelmas, and no bishop ever objected,” said Odd Grimsey."
    stated = handed_in(parsed("m", f"{STORY} {spoken}"), ArticleKind.STATEMENT)
    bare = parsed("a", f"{ASIDE}{spoken.replace('“', '').replace('”', '')}")
    found = compare(bare, stated, 0.1)
    assert [ownership(bare, stated, passage) for passage in found.passages] == [Owner.BOTH] * len(found.passages)


def test_two_statements_have_no_order() -> None:
    """What one says after the other is a third party's on both sides."""
    other = handed_in(parsed("a", f"{ASIDE}{STORY}"), ArticleKind.STATEMENT)
    found = compare(*marked(other, STATEMENT), 1.0)
    assert found.kind.verdict is Kind.STATEMENT
    assert found.descent is None


def test_the_name_of_the_issuer_in_its_own_words_is_no_credit() -> None:
    """A release speaks of who sends it; outside its words the name is one."""
    words = "The Skerrow Water Board lost her bronze bell. " + STORY
    stated = handed_in(parsed("a", words, "Skerrow Water Board"), ArticleKind.STATEMENT)
    silent, open_ = parsed("b", f"{ASIDE}{words}"), parsed("b", f"{words} That is so, the Skerrow Water Board said.")
    names = {"names_other", "name_nearby", "names_elsewhere", "self_named"}
    assert not names & weights_of(compare(stated, silent, 1.0), Question.DIRECTION).keys()
    assert "names_other" in weights_of(compare(stated, open_, 1.0), Question.DIRECTION)


def test_an_agency_is_likelier_upstream_but_not_surely() -> None:
    plain, wire = (compare(*pair, 1.0) for pair in _pairs())
    assert plain.descent is not None
    assert wire.descent is not None
    assert plain.descent.direction.probability < wire.descent.direction.probability < 0.9
    assert wire.direction is Direction.UNRESOLVED


def _pairs() -> list[tuple[ParsedArticle, ParsedArticle]]:
    left, right = parsed("a", STORY), parsed("b", f"{ASIDE}{STORY}")
    return [(left, right), (handed_in(left, ArticleKind.AGENCY), right)]


def test_a_clients_credit_does_not_speak_against_the_agency() -> None:
    """The agency's own copy need not carry one; where it does and the client does not, one clue says so."""
    client = parsed("b", f"HOLLIN, May 2 (AP) — {STORY}")
    wire = handed_in(parsed("a", STORY), ArticleKind.AGENCY)
    seen = weights_of(compare(wire, client, 1.0), Question.DIRECTION)
    assert seen["given_agency"] > 0
    assert "wire_credit" not in seen
    credited = handed_in(parsed("a", f"HOLLIN, May 2 (AP) — {STORY}"), ArticleKind.AGENCY)
    seen = weights_of(compare(credited, parsed("b", STORY), 1.0), Question.DIRECTION)
    assert seen["wire_credit"] > 0
    assert "given_agency" not in seen


def test_every_client_of_an_agency_carries_its_text() -> None:
    """So that a copy may come from any of them."""
    wire = handed_in(parsed("a", STORY, "Hollin Wire"), ArticleKind.AGENCY)
    copy = parsed("b", f"{STORY} The Hollin Wire reported.")
    found = compare(wire, copy, 1.0)
    assert found.distance is not None
    assert found.distance.verdict is not Immediacy.THROUGH_UNSEEN
    assert weights_of(found, Question.IMMEDIACY)["wire_text"] < 0
