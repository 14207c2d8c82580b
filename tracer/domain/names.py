"""Names of outlets, agencies and bodies that text may credit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracer.domain.packing import Packed

RESERVED_IDS = ("agency:", "outlet:", "statement:", "unseen:")
"""How the ids of sources begin; no article may have such an id."""


def is_latent(node: object) -> bool:
    """Whether the id of a node is that of a source that nobody handed in; an article that was has another."""
    return str(node).startswith(RESERVED_IDS)


class SourceKind(StrEnum):
    """What a named source is.

    ``AGENCY`` sells copy to others (AP, EFE, TASS); ``OUTLET`` publishes its own (NPR, The Guardian);
    ``INSTITUTION`` issues statements (a ministry, a company); ``PERSON`` speaks.
    """

    AGENCY = "agency"
    OUTLET = "outlet"
    INSTITUTION = "institution"
    PERSON = "person"


@dataclass(frozen=True, slots=True, order=True)
class SourceName(Packed):
    """A name under its canonical form: ``Ассошиэйтед Пресс``, ``The AP`` and ``AP`` are one ``SourceName``.

    ``name`` is the canonical form of the lexicon where the lexicon knows the name, else the words as written.
    """

    name: str
    kind: SourceKind
