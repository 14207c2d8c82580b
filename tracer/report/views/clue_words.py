"""What each clue would have been, said of a pair in which it was not found."""

from __future__ import annotations

from collections.abc import Iterable

from tracer.evidence import Question, shipped_weights

ABSENT = {
    "own_words": "words that both give as their own and that agree",
    "quoted_from_other": "own words of one side in quotation marks on the side that names it",
    "quoted_one_side": "own words of one side in quotation marks on the other",
    "third_party_words": "shared words of a third party",
    "outlet_said_both": "shared quotations that both have from one outlet",
    "outlet_said_one": "shared quotations that one side has from an outlet",
    "names_other": "a credit or an attribution close by that names the other side's outlet",
    "name_nearby": "the other side's outlet named close to the words they share",
    "names_elsewhere": "the other side's outlet named anywhere else",
    "self_named": "shared words that speak of one side's own outlet",
    "same_wire": "a credit that both carry to the same agency",
    "same_source": "a source that both name",
    "same_source_here": "a source that both name close to the words they share",
    "same_agency": "an agency that both credit with text of theirs",
    "silent_reprint": "words that stand unchanged on both sides, neither of which names the other",
    "agency_helped": "a credit to an agency for the text or a part of it",
    "agency_itself": "one side that is an agency itself",
    "shared_typo": "a slip of the pen that both have",
    "additions_both": "words in shared passages that each side has and the other lacks",
    "both_compile": "several named sources on both sides",
    "reordered": "shared passages in another order",
    "style_entropy": "house styles mixed on both sides",
    "quotes_fuller_both": "quotations of which each side holds more than the other",
    "one_sided_marks": "marks of editing",
    "one_sided_scars": "scars of rewriting",
    "one_sided_slips": "slips of the pen that one side made in copying",
    "published_apart": "publication times that lie apart",
    "third_witness": "a third article upstream of both",
    "median_test": "a third article that lacks words the two share, as each of them lacks words of the others",
    "substitution": "a word replaced by one that fits its sentence less well",
    "article_scar": "an “a” or “an” left behind before a replaced word",
    "private_typo": "a slip of the pen that only one side has",
    "introduction": "a person introduced on one side and bare on the other",
    "wire_credit": "an agency's credit on one side only",
    "quoted_words_of": "own words of one side quoted by the other",
    "time": "publication times that tell an order",
    "cohesion": "rare words of shared passages that recur around them on one side more than on the other",
    "glyph_scar": "damaged characters that only one side has",
    "splitter_scar": "sentences that a program cut or pasted on one side",
    "wire_text": "an agency's credit on the upstream side",
    "quote_restored": "more of a quotation on the derived side than on the upstream one",
}
"""Clue → the thing that was looked for. A clue that itself says that something is missing has no entry."""


def not_found(question: str, found: Iterable[str]) -> list[str]:
    """What was looked for in answer to ``question`` and not found, in the order of the weights file."""
    seen = set(found)
    rules = shipped_weights().questions[Question(question)].clues
    return [ABSENT[name] for name in rules if name not in seen and name in ABSENT]


def clue_title(name: str) -> str:
    """A clue's name as words."""
    return name.replace("_", " ")
