"""Which columns were guessed, gathered from the articles."""

from __future__ import annotations

from dataclasses import replace

from tracer.domain import Article, SkippedArticle
from tracer.read import GuessedColumns, ReadSettings

ARTICLE = Article("a", "text", path="a.csv", origins=(("text", "column body"), ("credited", "key credits")))


def gathered(*articles: Article, **settings: object) -> GuessedColumns:
    guessed = GuessedColumns(ReadSettings(**settings))  # type: ignore[arg-type]
    for article in articles:
        guessed.see(article)
    return guessed


def test_fields_go_by_the_names_of_their_options() -> None:
    """In the order of those, not of the articles."""
    (found,) = gathered(ARTICLE, ARTICLE).inputs()
    assert found == ("a.csv", 1, {"text": ("body",), "credit": ("credits",)})
    assert list(found.columns) == ["text", "credit"]
    (found,) = gathered(ARTICLE, credit_column="credits").inputs()
    assert list(found.columns) == ["text"]


def test_what_is_no_guess() -> None:
    """Named columns, the field's own name, what is read from no column, articles made by hand."""
    assert gathered(ARTICLE, text_column="body", credit_column="credits").inputs() == []
    for where in ("column Text", "key text", "trafilatura"):
        assert gathered(replace(ARTICLE, origins=(("text", where),))).inputs() == []
    assert gathered(replace(ARTICLE, origins=())).inputs() == []


def test_memory_is_bounded() -> None:
    """However many columns and inputs there are."""
    many = [replace(ARTICLE, origins=(("text", f"key {number}"),)) for number in range(50)]
    assert gathered(*many).inputs()[0].columns == {"text": ("0", "1", "2", "3")}
    inputs = [replace(article, path=f"{number}.csv") for number, article in enumerate(many)]
    guessed = gathered(*inputs, *(replace(many[0], path=f"again-{number}") for number in range(3)))
    assert [(found.path, found.inputs) for found in guessed.inputs()][:2] == [("0.csv", 4), ("1.csv", 1)]
    assert guessed.others == 45


def test_watching_changes_nothing() -> None:
    """Skips go through as well."""
    found = [ARTICLE, SkippedArticle("b.csv", 1, "is empty"), replace(ARTICLE, path="c.csv")]
    guessed = GuessedColumns(ReadSettings())
    assert [*guessed.watch(iter(found))] == found
    assert guessed.inputs()[0].inputs == 2
