"""What the columns about input and outlets mean."""

from __future__ import annotations

from tracer.report.schema import ARTICLE_ID, Schema, count, number, text

ARTICLES = Schema(
    "articles",
    "article that could be used",
    ("id",),
    (
        text("id", "The article's id, as handed in or made from its path.", "unique in the table"),
        text("outlet", "Who published it, as handed in.", "any text", "the input does not say"),
        text("title", "Headline as handed in.", "any text", "the input does not say"),
        text("url", "Address as handed in.", "any text", "the input does not say"),
        text("published", "When the article says it was published.", "ISO 8601 in UTC, to its precision", "undated"),
        text("published_precision", "How exact `published` is.", "`minute`, `hour`, `day`, `month`, `none`"),
        text("language", "The language it was read in.", "two-letter ISO 639 code"),
        count("words", "Words in the text, page furniture included."),
        count("sentences", "Sentences in the text, page furniture included."),
        text(
            "story",
            "The story it belongs to: articles linked with one another, directly or not.",
            "`story:` and the smallest article id in it",
        ),
        text(
            "version_of",
            "The earliest article of the same outlet that this one is a later version of.",
            ARTICLE_ID,
            "no earlier version found",
        ),
        number(
            "share_original", "Share of its words that nobody else here has, and that stand outside quotation marks."
        ),
        number(
            "share_lineage",
            "Share of its words outside quotation marks that it shares with an article of the same lineage, "
            "unless it is the one upstream.",
        ),
        number(
            "share_statement",
            "Share of its words that are a third party's, by quotation marks, by the wording around them, or because "
            "they stand in a statement that was handed in.",
        ),
        text(
            "credits",
            "Agencies, outlets and bodies that it names as a source.",
            "names joined by `; `",
            "it names none",
        ),
        text(
            "credit_status",
            "What became of the credit it owes: it names a source it draws on, names only others, names nobody, "
            "or owes nothing that could be found.",
            "`kept`, `altered`, `stripped`, `none`",
        ),
        number(
            "p_root",
            "P(no article here and no unseen text is upstream of the words that it shares). What an unseen source is "
            "to be compared by is its `confidence` in `sources`.",
            empty="it shares a lineage with no other article",
        ),
        text(
            "warnings",
            "What a reader should know before trusting the row.",
            "sentences joined by `; `",
            "there is nothing to warn of",
        ),
        text(
            "kind",
            "What it was handed in as: a journalist's article, a third party's statement, an agency's own copy.",
            "`article`, `statement`, `agency`",
        ),
    ),
)

SKIPPED = Schema(
    "skipped",
    "input that could not be used",
    ("path", "line", "reason"),
    (
        text("path", "The file it stood in.", "a path as given; `-` for standard input"),
        count("line", "The line or row, counted from 1.", "0 for the whole file"),
        text("reason", "Why it could not be used, and what to do about it.", "a sentence"),
    ),
)

OUTLETS = Schema(
    "outlets",
    "ordered pair of outlets, where one's article draws on the other's or may do so (`expected_articles` of at "
    "least 0.01)",
    ("source_outlet", "target_outlet"),
    (
        text("source_outlet", "The outlet upstream.", "an outlet of `articles`"),
        text("target_outlet", "The outlet that draws on it.", "an outlet of `articles`"),
        count("articles", "Articles of the target with an edge from an article of the source."),
        number(
            "expected_articles",
            "Sum of P(an article of the source lies upstream, directly or not) over the target's articles, "
            "unresolved pairs included; the likeliest source counts for each.",
            "above 0",
        ),
        number("share_of_target_output", "`articles` over all articles of the target in the run."),
        number(
            "median_lag_hours",
            "Median time from source to derived article over those edges.",
            "hours, negative where the stamps run against the arrow",
            "no edge between dated articles",
        ),
    ),
)
