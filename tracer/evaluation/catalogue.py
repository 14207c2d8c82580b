"""Every score by name: what it means, what it is measured on, which way is better, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

_PAIRS = "labelled pairs"
_ORIGIN = "lineage pairs with an origin"
_DIRECTED = "lineage pairs with a direction"
_NEAR = "directed pairs with an immediacy"
_WEIGHED = "directions with probabilities"


@dataclass(frozen=True, slots=True)
class ScoreKind:
    """What a score is. ``most`` says that less is better: a floor for it is a greatest value."""

    name: str
    meaning: str
    measured_on: str
    source: str = ""
    most: bool = False

    @property
    def group(self) -> str:
        """The first part of the name."""
        return self.name.partition(".")[0]


def _retrieval(name: str, what: str, source: str = "van Rijsbergen 1979") -> tuple[ScoreKind, ...]:
    return (
        ScoreKind(f"{name}.precision", f"Of {what} found, the share that is true.", f"{what} found", source),
        ScoreKind(f"{name}.recall", f"Of true {what}, the share that was found.", f"true {what}", source),
        ScoreKind(f"{name}.f1", "Harmonic mean of precision and recall.", f"{what}, true or found", source),
    )


_KIND = (
    ScoreKind("kind.accuracy", "Share of pairs whose kind was judged right.", _PAIRS),
    ScoreKind("kind.macro_f1", "Mean F1 of the kinds that the gold holds.", _PAIRS, "Opitz and Burst 2019"),
    *(score for kind in ("lineage", "statement", "none") for score in _retrieval(f"kind.{kind}", f"{kind} pairs")),
    ScoreKind(
        "kind.auc",
        "P(a lineage pair gets a larger `p_lineage` than another pair), ties half.",
        _PAIRS,
        "Hanley and McNeil 1982",
    ),
    ScoreKind(
        "kind.false_lineage_on_statement",
        "Share of statement pairs that were judged lineage.",
        "gold statement pairs",
        most=True,
    ),
    ScoreKind(
        "kind.false_lineage_on_none",
        "Share of none pairs that were judged lineage.",
        "gold none pairs, unlisted ones too",
        most=True,
    ),
)
_ORIGINS = (
    ScoreKind("origin.coverage", "Share for which an arrow or a common source was called.", _ORIGIN),
    ScoreKind("origin.accuracy", "Of those called, the share called right.", "those called"),
    ScoreKind("direction.coverage", "Share for which an arrow was called.", _DIRECTED),
    ScoreKind("direction.accuracy", "Of the arrows called, the share called right.", "arrows called"),
    ScoreKind(
        "direction.likelier_side",
        "Share in which the true upstream side has the larger of the two probabilities, ties half.",
        _WEIGHED,
    ),
    ScoreKind(
        "direction.aurc",
        "Area under the risk–coverage curve of choosing the likelier side.",
        _WEIGHED,
        "Geifman and El-Yaniv 2017",
        most=True,
    ),
    ScoreKind(
        "direction.without_lineage",
        "Share for which an arrow or a common source was called, which never should be.",
        "gold statement and none pairs",
        most=True,
    ),
    ScoreKind("immediacy.coverage", "Share for which direct or through unseen was called.", _NEAR),
    ScoreKind(
        "immediacy.accuracy", "Of those called, the share with the right call on the right arrow.", "those called"
    ),
)
_PAN = "Potthast et al. 2010"
_PASSAGES = (
    ScoreKind(
        "passages.precision", "Mean share of a detection that lies in gold passages.", "pairs with passages", _PAN
    ),
    ScoreKind("passages.recall", "Mean share of a gold passage that was detected.", "pairs with passages", _PAN),
    ScoreKind(
        "passages.granularity",
        "Detections per detected gold passage; 1 is best.",
        "pairs with passages",
        _PAN,
        most=True,
    ),
    ScoreKind(
        "passages.plagdet",
        "F1 of precision and recall over log2(1 + granularity).",
        "pairs with passages",
        _PAN,
    ),
)
_GRAPH = (
    *_retrieval("edges", "edges between articles"),
    *_retrieval("ancestors", "ancestor pairs of articles"),
    ScoreKind("roots.accuracy", "Share of stories whose likeliest root is a true one.", "stories with known roots"),
    ScoreKind(
        "roots.all", "Share of stories whose *n* likeliest roots are the *n* true ones.", "stories with known roots"
    ),
    *_retrieval("sources.unseen", "unseen sources", "Kuhn 1955; Jaccard 1912"),
    *_retrieval("sources.statement", "statements", "Kuhn 1955; Jaccard 1912"),
    *_retrieval("sources.named", "agencies and outlets", "Kuhn 1955; Jaccard 1912"),
    *_retrieval("sources.all", "sources", "Kuhn 1955; Jaccard 1912"),
)
_B_CUBED = "Bagga and Baldwin 1998; Amigó et al. 2009"
_CLAIMS = (
    ScoreKind("families.covered", "Share of members for which a claim was found.", "members of gold families"),
    ScoreKind(
        "families.bcubed_precision", "Mean share of a member's claim that is its family.", "covered members", _B_CUBED
    ),
    ScoreKind(
        "families.bcubed_recall", "Mean share of a member's family that is in its claim.", "covered members", _B_CUBED
    ),
    ScoreKind("families.bcubed_f1", "Harmonic mean of the two.", "covered members", _B_CUBED),
    ScoreKind(
        "families.ari", "Adjusted Rand index: 1 is best, 0 is chance.", "covered members", "Hubert and Arabie 1985"
    ),
    ScoreKind("claims.found", "Share of gold claims that were found.", "gold claims"),
    ScoreKind(
        "claims.origins_error",
        "Mean distance of `independent_origins` from the truth.",
        "claims found",
        most=True,
    ),
    ScoreKind("claims.origins_in_interval", "Share in which the truth lies from low to high.", "claims found"),
    ScoreKind("claims.origins_exact", "Share in which the rounded number is the truth.", "claims found"),
)
PROBABILITIES = {
    "p_lineage": _PAIRS,
    "p_statement": _PAIRS,
    "p_left_upstream": "origins with probabilities",
    "p_right_upstream": "origins with probabilities",
    "p_common_source": "origins with probabilities",
    "p_direct": "immediacies on a right arrow",
}
"""The probability columns of ``pairs.csv``, and what each is measured on."""
_ERRORS = (
    ("brier", "Mean squared distance of the probability from the outcome.", "Brier 1950"),
    ("log_loss", "Mean −ln of the probability of the outcome, held to 1e-6.", "Good 1952"),
    ("ece", "Expected calibration error, ten bins of equal width.", "Guo et al. 2017"),
    ("ece_equal_mass", "The same with ten bins of nearly equal size.", "Nguyen and O'Connor 2015"),
)
_CALIBRATION = tuple(
    ScoreKind(f"calibration.{column}.{name}", meaning, population, source, most=True)
    for column, population in PROBABILITIES.items()
    for name, meaning, source in _ERRORS
)
SCORES = {kind.name: kind for kind in (*_KIND, *_ORIGINS, *_PASSAGES, *_GRAPH, *_CLAIMS, *_CALIBRATION)}
"""Every score that there can be, in the order in which they are shown."""

POPULATIONS = {
    _PAIRS: "Gold pairs with a kind whose two articles the report holds, versions of one article left out. With "
    "`complete`, also pairs that only the report lists. A pair that the report does not list was judged none, with "
    "`p_lineage` and `p_statement` 0.",
    "gold none pairs, unlisted ones too": "Labelled none pairs and, with `complete`, every pair of the gold's articles "
    "that the gold does not list.",
    _ORIGIN: "Gold lineage pairs labelled left→right, right→left or common source. Pairs labelled unresolved are left "
    "out: nobody can be right or wrong on them.",
    _DIRECTED: "Those labelled left→right or right→left.",
    _WEIGHED: "Those of them for which the report gives `p_left_upstream` and `p_right_upstream`, because it judged "
    "them lineage.",
    "origins with probabilities": "Gold lineage pairs with an origin for which the report gives the three "
    "probabilities: it judged them lineage.",
    _NEAR: "Gold pairs with a direction and an immediacy of direct or through unseen.",
    "immediacies on a right arrow": "Those of them whose arrow the report called rightly: `p_direct` is "
    "the probability given that arrow.",
    "stories with known roots": "Gold stories with a root that leaves a trace among the articles.",
    "pairs with passages": "Pairs whose passages the gold gives, and pairs that are none. In other pairs nothing is "
    "known of passages, and detections there are left out.",
    "members of gold families": "Sentences of gold families in articles that the report holds.",
    "covered members": "Those of them for which a claim was found.",
    "gold claims": "Gold claims all of whose articles the report holds.",
}
"""What the cases of a population are, where its name does not say it all."""
