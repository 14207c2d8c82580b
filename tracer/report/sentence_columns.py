"""What the columns about sentences mean."""

from __future__ import annotations

from tracer.report.schema import ARTICLE_ID, Schema, count, number, text

_NODE = "an id of `articles` or `sources`"
_ALONE = "nothing competes with the article itself"

SENTENCES = Schema(
    "sentences",
    "sentence of an article that shares a story with another",
    ("article", "start"),
    (
        text("article", "The article it stands in.", ARTICLE_ID),
        count("start", "Where it begins in the article's raw text.", "code points, counted from 0"),
        count(
            "stop",
            "Where it ends; the character at this place is no longer part of it.",
            "code points, counted from 0",
        ),
        text(
            "part",
            "Whose words it holds: the article's own as far as is known, a journalist's that it shares with an article "
            "of its lineage and is not known to have first, mostly a third party's, what it gives as from a source "
            "that it names, or page furniture.",
            "`original`, `lineage`, `statement`, `credited`, `furniture`",
        ),
        text("source", "Its likeliest origin.", _NODE, "that is the article itself"),
        number("p_source", "P(that origin).", empty=_ALONE),
        text("runner_up", "Its second likeliest origin.", _NODE, "that is the article itself, or there is no second"),
        number("p_runner_up", "P(that origin).", empty="there is no second"),
    ),
)
