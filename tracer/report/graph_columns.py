"""What the columns about the provenance graph mean."""

from __future__ import annotations

from tracer.report.schema import ARTICLE_ID, Schema, count, number, text

EDGES = Schema(
    "edges",
    "edge of the provenance graph, from the source to what is derived from it",
    ("source", "target", "relation"),
    (
        text("source", "What is drawn on, quoted or credited.", "an id of `articles` or `sources`"),
        text(
            "source_kind",
            "What the source is; of an article what it was handed in as.",
            "`article`, `statement`, `agency`, `outlet`, `unseen`",
        ),
        text(
            "target",
            "What draws on it, quotes it or credits it.",
            "an id of `articles`; of `sources` where a statement reached the articles through an agency",
        ),
        number("confidence", "P(this very edge); for an article as source P(drawn on directly)."),
        number("p_upstream", "P(the source's text lies upstream, directly or not); never below `confidence`."),
        text(
            "relation",
            "How the target uses the source: its words as own words, its words as quoted, or its name.",
            "`draws_on`, `quotes`, `credits`",
        ),
        text(
            "direction",
            "The pair's `direction`, where both ends are articles.",
            "as in `pairs`",
            "an end is no article",
        ),
        text(
            "immediacy",
            "The pair's `immediacy`, where both ends are articles.",
            "as in `pairs`",
            "an end is no article",
        ),
        number("share_of_target", "Share of the target's words that speak for the edge; 0 for a mere credit."),
        count("passages", "Passages that speak for the edge; 0 for a mere credit."),
        text("decisive_clue", "Why the edge is there.", "a sentence", "no clue was found"),
    ),
)

SOURCES = Schema(
    "sources",
    "source that nobody handed in",
    ("id",),
    (
        text("id", "The source's id, the same in every run on the same articles.", "unique in the table"),
        text(
            "kind",
            "What it is: words that several articles quote, an agency or outlet that is named, a text that its "
            "witnesses demand.",
            "`statement`, `agency`, `outlet`, `unseen`",
        ),
        text("name", "What to call it.", "any text"),
        number("confidence", "The highest `confidence` of its edges.", empty="it has no edge"),
        count("articles", "Articles that draw on it, quote it or name it."),
        text(
            "evidence",
            "Where they do so.",
            "`article[start:stop]`, in code points of the raw text, joined by `; `",
            "nothing in the text can be pointed at",
        ),
        text(
            "reconstructed_text",
            "Its text as far as its witnesses give it; `[…]` stands for what none of them has.",
            "any text",
            "a mere name",
        ),
    ),
)

CLAIMS = Schema(
    "claims",
    "family of sentences that at least two articles carry",
    ("id", "story"),
    (
        text("id", "The claim's id.", "the same for the same sentences"),
        text("text", "The sentence that most others of the family match.", "any text"),
        count("articles", "Articles that carry it.", "2 or more"),
        count("outlets", "Different outlets among those articles; articles without an outlet are not counted."),
        number(
            "independent_origins", "Expected number of independent origins among those articles.", "1 to `articles`"
        ),
        count("independent_origins_low", "Low end of its central 90 % interval.", "1 to `articles`"),
        count("independent_origins_high", "High end of its central 90 % interval.", "1 to `articles`"),
        text(
            "first_published",
            "Earliest stamp among those articles.",
            "ISO 8601 in UTC, to its precision",
            "all are undated, or dates were ignored",
        ),
        text(
            "first_outlet",
            "Outlet of the article with that stamp (the smallest id among equals).",
            "any text",
            "`first_published` is empty, or that article has no outlet",
        ),
        text("story", "The story it was found in.", "as in `articles`"),
        text("carried_by", "The articles that carry it.", "article ids joined by `; `"),
    ),
)

CLAIM_MEMBERS = Schema(
    "claim_members",
    "sentence of a claim, in one of the articles that carry it",
    ("claim", "story", "article", "start"),
    (
        text("claim", "The claim.", "an `id` of `claims`"),
        text(
            "story", "The story it was found in; together with `claim` the key of a row of `claims`.", "as in `claims`"
        ),
        text("article", "The article that the sentence stands in.", ARTICLE_ID),
        count("start", "Where the sentence begins in the article's raw text.", "code points, counted from 0"),
        count(
            "stop",
            "Where it ends; the character at this place is no longer part of it.",
            "code points, counted from 0",
        ),
    ),
)
