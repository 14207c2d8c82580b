"""What the splitter knows about one article; every field points into the raw text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tracer.domain import Article, Packed, SourceName, Span
from tracer.split.columns import Columns, Laid


class CreditKind(StrEnum):
    """Where a credit stands and what it claims.

    ``BYLINE`` names the author or agency above the text; ``DATELINE`` opens it ("PORT ELLEN, May 3 (UPI) —");
    ``CREDIT_LINE`` names whose text this is ("(IANS/EFE)"); ``CONTRIBUTION`` names helpers ("with inputs from
    agencies", "contributed to this report"); ``PHOTO`` credits a picture only and says nothing about the text.
    ``METADATA`` stands in the markup of a page or a column of a table, not in the text.
    """

    BYLINE = "byline"
    DATELINE = "dateline"
    CREDIT_LINE = "credit line"
    CONTRIBUTION = "contribution"
    PHOTO = "photo"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True, init=False)
class Sentence(Packed):
    """One sentence, in reading order.

    ``span`` has no surrounding white space. ``paragraph`` counts from 0. ``boilerplate`` marks page furniture
    (comment forms, photo licences, a headline repeated, "read more"), which takes no part in matching.
    """

    span: Span
    paragraph: int
    boilerplate: bool = False

    def __init__(self, span: Span, paragraph: int, boilerplate: bool = False) -> None:
        """Written out because a million articles make half a billion sentences."""
        _set_span(self, span)
        _set_paragraph(self, paragraph)
        _set_boilerplate(self, boilerplate)


# The fields of a frozen class, set past its guard: half the time that the generated ``__init__`` takes.
_set_span, _set_paragraph, _set_boilerplate = (vars(Sentence)[name].__set__ for name in Sentence.__slots__)


@dataclass(frozen=True, slots=True)
class Quotation(Packed):
    """A stretch of third-party words, inside quotation marks or told by their layout.

    ``span`` covers the words between the marks, without the marks. A quotation that runs over several paragraphs
    yields one record per paragraph. ``closed`` is false when no closing mark was found (it then ends with its
    paragraph). ``speaker`` is the name the text gives, ``None`` when it gives none or only a pronoun that has not
    exactly one antecedent in the same paragraph; ``speaker_span`` covers the words that say who speaks, be they a
    name or the unresolved pronoun. ``cue`` says how the words were made known: ``"statement"``, ``"tweet"``,
    ``"speech"``, ``"transcript"`` (words behind the speaker's label), or ``""`` when the text does not say.
    ``institution`` is the body the speaker speaks for ("Home Office spokeswoman Ann Lee"), or the speaker itself when
    that is an institution.
    """

    span: Span
    paragraph: int
    closed: bool = True
    speaker: SourceName | None = None
    speaker_span: Span | None = None
    cue: str = ""
    institution: SourceName | None = None


@dataclass(frozen=True, slots=True)
class Credit(Packed):
    """A credit: which sources it names, and where it stands.

    ``names`` may hold several ("IANS/EFE" names both, in order of mention) and a generic ``agencies``.
    """

    kind: CreditKind
    span: Span
    names: tuple[SourceName, ...]


@dataclass(frozen=True, slots=True)
class Attribution(Packed):
    """A source named in running text as the origin of a sentence or of part of it.

    ``span`` covers cue and name ("according to TASS", "told Reuters", "NPR has learned"); ``name_span`` the name;
    ``cue`` is the kind of cue, one of the keys of the language file (``according_to``, ``told``, ``has_learned``,
    ``reported``, ``said``, ``statement``, ``tweet``). ``sentence`` is the index of the sentence it stands in.
    ``public`` tells whether that sentence speaks of a statement, a document or a public appearance: what is said so is
    nobody's own, whichever outlet it was said to.
    """

    span: Span
    name_span: Span
    source: SourceName
    cue: str
    sentence: int
    public: bool = False


@dataclass(frozen=True, slots=True)
class Relay(Packed):
    """Quoted ``words`` that an article has from the outlet ``source``, as ``place`` says."""

    words: Span
    source: SourceName
    place: Span


_COLUMNS: Mapping[str, Columns[Any]] = {
    "sentences": Columns(Sentence),
    "quotations": Columns(Quotation),
    "credits": Columns(Credit),
    "attributions": Columns(Attribution),
    "names": Columns(Span),
    "lists": Columns(Span),
    "relays": Columns(Relay),
    "reported": Columns(Span),
}
"""How the records of a :class:`SplitText` are laid out when it is pickled, by field."""


class _Unread:
    """A place for the records of a pickled :class:`SplitText` until they are asked for."""

    __slots__ = ("_laid",)
    _laid: Mapping[str, Laid]


@dataclass(frozen=True, slots=True)
class SplitText(_Unread):
    """Everything read out of one article's raw text.

    All sequences are in reading order; ``names`` are stretches of title-and-name chains ("Secretary of State John
    Kerry"), kept out of matching; ``lists`` are stretches that do little but list names. ``relays`` are the quotations
    that the article has from an outlet. ``reported`` are stretches that a sentence gives as what somebody said, in the
    journalist's words or nearly in the speaker's. ``warnings`` are for the user, one sentence each.

    Of a split that was pickled each sequence is made when it is first asked for: few steps read more than one or two.
    """

    article: Article
    language: str
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    credits: tuple[Credit, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    names: tuple[Span, ...] = ()
    lists: tuple[Span, ...] = ()
    relays: tuple[Relay, ...] = ()
    reported: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """All records as columns."""
        laid = tuple(columns.of(getattr(self, name)) for name, columns in _COLUMNS.items())
        return _unread, (self.article, self.language, self.warnings, laid)

    if not TYPE_CHECKING:  # to a type checker all fields are there

        def __getattr__(self, name: str) -> Any:
            """Make a sequence that was left in columns; Python asks here for fields that have no value yet."""
            if name not in _COLUMNS:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            records = _COLUMNS[name].records(self._laid[name])
            object.__setattr__(self, name, records)
            return records


def _unread(article: Article, language: str, warnings: tuple[str, ...], laid: tuple[Laid, ...]) -> SplitText:
    """A split whose records are still in columns."""
    split = object.__new__(SplitText)
    of_name = dict(zip(_COLUMNS, laid, strict=True))
    for name, value in (("article", article), ("language", language), ("warnings", warnings), ("_laid", of_name)):
        object.__setattr__(split, name, value)
    return split
