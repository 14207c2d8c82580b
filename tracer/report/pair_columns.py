"""What the columns about pairs of articles mean."""

from __future__ import annotations

from tracer.report.schema import PLACES, SIDES, STRETCH_TEXTS, Column, ColumnType, Schema, count, number, text

_NO_LINEAGE = "the pair is not lineage"

PAIRS = Schema(
    "pairs",
    "pair of articles that share something (unordered: `left` sorts before `right`)",
    ("left", "right"),
    (
        *SIDES,
        text(
            "kind",
            "What the two share: a journalist's own words, or only a third party's.",
            "`lineage`, `statement`, `none`",
        ),
        number("p_lineage", "P(they share a journalist's own words)."),
        number("p_statement", "P(they share only a third party's words)."),
        number("p_none", "P(they share nothing worth naming); the three sum to 1."),
        number("p_left_upstream", "P(right draws on left, directly or not), given lineage.", empty=_NO_LINEAGE),
        number("p_right_upstream", "P(left draws on right, directly or not), given lineage.", empty=_NO_LINEAGE),
        number(
            "p_common_source",
            "P(both draw on a text that neither of them is), given lineage; the three sum to 1.",
            empty=_NO_LINEAGE,
        ),
        text(
            "direction",
            "Verdict on descent; the arrow runs from the upstream article to the derived one.",
            "`left→right`, `right→left`, `common source`, `unresolved`",
            _NO_LINEAGE,
        ),
        number(
            "p_direct",
            "P(the derived article had the upstream one itself before it), given the direction.",
            empty="no direction is resolved",
        ),
        text(
            "immediacy",
            "Verdict on `p_direct`.",
            "`direct`, `through unseen`, `unresolved`",
            "no direction is resolved",
        ),
        number("resemblance", "Jaccard coefficient of the two sets of three-word runs."),
        number(
            "containment_of_left",
            "Share of the left article's words that stand in shared passages, page furniture left out.",
        ),
        number("containment_of_right", "The same for the right article."),
        number("tfidf_cosine", "Cosine of the TF-IDF vectors of the journalists' own words."),
        count("shared_words_narrative", "Matched words outside quotation marks on both sides."),
        count(
            "shared_words_lifted",
            "Matched words that are one journalist's own and stand in quotation marks on the other side.",
        ),
        count("shared_words_quoted", "All other matched words: a third party's on both sides."),
        count("passages", "Rows of the pair in `passages`."),
        number(
            "lag_hours",
            "Time from left to right; positive when left is earlier.",
            "hours",
            "either is undated, or dates were ignored",
        ),
        number(
            "flips_if_clock_off_minutes",
            "How far the later stamp must be wrong for the arrow to turn round or become unresolved.",
            "minutes, at least 1",
            "no arrow is drawn, or it would stand even if the two stamps changed places",
        ),
        text(
            "decisive_clue",
            "The clue that weighs most in the ledger the verdict rests on: direction for an arrow, origin for "
            "`common source`, kind otherwise.",
            "a sentence",
            "no clue was found",
        ),
    ),
)

PASSAGES = Schema(
    "passages",
    "stretch that two articles share",
    ("left", "right", "left_start", "right_start", "left_stop", "right_stop"),
    (
        *SIDES,
        *PLACES,
        Column(
            "quoted", ColumnType.BOOLEAN, "Whether either side marks the words as a third party's.", "`true`, `false`"
        ),
        text(
            "kind",
            "Whether no word was changed, some were, or only the sense was kept.",
            "`verbatim`, `edited`, `rewritten`",
        ),
        number("similarity", "Twice the matched words over the words of both sides.", "above 0, at most 1"),
        text(
            "family",
            "The claims whose sentences the stretch joins.",
            "ids of `claims` joined by `; `",
            "it joins no two sentences",
        ),
        *STRETCH_TEXTS,
    ),
)

CLUES = Schema(
    "clues",
    "line of a pair's ledgers: for each question one `prior` and every clue. Within a pair and question the "
    "weights add up to the log-odds of the answer",
    ("left", "right", "question", "rank"),
    (
        *SIDES,
        text(
            "question",
            "Which probability of the pair it moves: `p_lineage` (kind), `p_common_source` (origin), "
            "`p_left_upstream` against `p_right_upstream` (direction), `p_direct` (immediacy).",
            "`kind`, `origin`, `direction`, `immediacy`",
        ),
        count("rank", "0 for the prior, then counting up by falling size of the weight."),
        text("clue", "Which clue it is.", "`prior`, or a name listed in the reference of clues"),
        number(
            "weight",
            "What it adds to the log-odds; positive speaks for lineage, a common source, left upstream, or direct.",
            "natural log-odds",
        ),
        count(
            "left_start",
            "Where it was seen in the left raw text.",
            "code points, counted from 0",
            "nothing on the left can be pointed at",
        ),
        count("left_stop", "Where that ends.", "code points, counted from 0", "`left_start` is empty"),
        count(
            "right_start",
            "Where it was seen in the right raw text.",
            "code points, counted from 0",
            "nothing on the right can be pointed at",
        ),
        count("right_stop", "Where that ends.", "code points, counted from 0", "`right_start` is empty"),
        text("sentence", "What was seen, in words.", "a sentence"),
    ),
)
