"""What an archive says of a new article, as a trace: so that it has the tables of any other run."""

from __future__ import annotations

from tracer.archive import Found, LookupSettings
from tracer.pipeline.settings import Settings
from tracer.pipeline.trace import Trace


def trace_of(found: Found, settings: LookupSettings | None = None) -> Trace:
    """The trace of a new article and the archive's articles that it is linked to; ``settings`` are the lookup's.

    Its warnings say where a bound bit. Nothing is inferred here.
    """
    settings = settings or LookupSettings()
    return Trace(
        found.articles,
        found.story.articles,
        (found.story,),
        found.version_of,
        {},
        (),
        found.pairs_compared,
        (*found.warnings, *_split_warnings(found), *found.story.graph.warnings),
        Settings(
            candidates=settings.candidates,
            story=settings.story,
            use_dates=settings.use_dates,
            language=settings.language,
            jobs=1,
        ),
    )


def _split_warnings(found: Found) -> list[str]:
    parsed = found.story.articles[found.article.id]
    return [f"{parsed.id}: {warning}" for warning in (*found.article.warnings, *parsed.split.warnings)]
