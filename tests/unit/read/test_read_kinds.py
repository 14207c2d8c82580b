"""What articles are handed in as: by a column, or by the path that the user names."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from made_documents import docx, eml, pdf

from tracer.domain import Article, ArticleKind, InputError
from tracer.read import ReadSettings, UniqueArticles, collect_articles, listing_digest, read_articles
from tracer.read.kinds import kind_of

TEXT = "The ferry stays in Quill Bay, the board said."


def kinds(*inputs: Path, **named: list[Path]) -> dict[str, str]:
    settings = ReadSettings(**{name: tuple(map(str, paths)) for name, paths in named.items()})  # type: ignore[arg-type]
    return {article.id: article.kind.value for article in collect_articles(inputs, settings)[0]}


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *(("statement", "statement"), ("Press release", "statement"), ("PRESS_RELEASE", "statement")),
        *(("release", "statement"), ("communiqué", "statement"), ("agency", "agency"), ("Wire", "agency")),
        *(("dispatch", "agency"), ("news-agency", "agency"), ("article", "article"), ("", "article")),
        *(("mammal", "article"), ("statements of account", "article"), ("1", "article")),
    ],
)
def test_words_of_a_column(word: str, kind: str) -> None:
    """Known words in any case; any other, of a foreign column, means an article."""
    assert kind_of(word).value == kind


def test_the_column_is_guessed_or_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'id,kind,type,text\nq1,press release,wire,"{TEXT}"\nq2,mammal,,"{TEXT}"\n', encoding="utf-8")
    assert kinds(path) == {"q1": "statement", "q2": "article"}
    found, _ = collect_articles([path], ReadSettings(kind_column="type"))
    assert [article.kind.value for article in found] == ["agency", "article"]


def test_a_foreign_column_is_no_matter(tmp_path: Path) -> None:
    """Neither of a warning nor of a skip, whatever it holds."""
    path = tmp_path / "a.jsonl"
    path.write_text(
        f'{{"id": "a", "kind": {{"name": 3}}, "text": "{TEXT}"}}\n{{"id": "b", "kind": [1], "text": "{TEXT}"}}\n'
    )
    found, skipped = collect_articles([path])
    assert [(article.kind.value, article.warnings) for article in found] == [("article", ())] * 2
    assert skipped == []


@pytest.mark.parametrize(
    ("name", "data"), [("r.txt", TEXT.encode()), ("r.pdf", pdf()), ("r.docx", docx()), ("r.eml", eml())]
)
def test_a_release_in_any_format_is_marked_by_its_path(tmp_path: Path, name: str, data: bytes) -> None:
    release, other = tmp_path / name, tmp_path / "page.txt"
    release.write_bytes(data)
    other.write_text(TEXT)
    assert kinds(other, statements=[release]) == {"r": "statement", "page": "article"}


def test_a_folder_is_marked_with_all_in_it(tmp_path: Path) -> None:
    """Also where it lies in one that is read anyhow; a statement is one though it lie among an agency's articles."""
    (tmp_path / "story" / "efe").mkdir(parents=True)
    for name in ("story/a.txt", "story/efe/b.txt", "story/efe/c.txt"):
        (tmp_path / name).write_text(f"{name}: {TEXT}")
    story = tmp_path / "story"
    assert kinds(story, agencies=[story / "efe"], statements=[story / "efe" / "c.txt"]) == {
        "a": "article",
        "b": "agency",
        "c": "statement",
    }


def test_the_path_wins_over_the_column(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'id,kind,text\nq1,article,"{TEXT}"\n', encoding="utf-8")
    assert kinds(statements=[path]) == {"q1": "statement"}


def test_standard_input_can_be_named(tmp_path: Path) -> None:
    line = io.BytesIO(f'{{"id": "a", "text": "{TEXT}"}}'.encode())
    found = list(read_articles([], ReadSettings(statements=("-",)), line))
    assert [entry.kind for entry in found if isinstance(entry, Article)] == [ArticleKind.STATEMENT]


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="check the path"):
        read_articles([tmp_path], ReadSettings(agencies=(str(tmp_path / "none"),)))


def test_what_is_named_so_belongs_to_the_input(tmp_path: Path) -> None:
    """A run is not gone on with when another file is a statement, or a statement has changed."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)
    digests = [
        listing_digest([tmp_path / "a.txt"], ReadSettings(statements=(str(tmp_path / name),)))
        for name in ("a.txt", "b.txt")
    ]
    (tmp_path / "b.txt").write_text(TEXT + " Twice.")
    digests.append(listing_digest([tmp_path / "a.txt"], ReadSettings(statements=(str(tmp_path / "b.txt"),))))
    assert len(set(digests)) == 3


def test_of_duplicates_the_marked_one_stays() -> None:
    """In whatever order they come."""
    plain = Article("a", TEXT, path="a.csv", line=1)
    wire, stated = (
        replace(plain, path=path, kind=kind) for path, kind in (("c", ArticleKind.AGENCY), ("z", ArticleKind.STATEMENT))
    )
    for order in ([plain, wire, stated], [stated, plain, wire], [wire, stated, plain]):
        unique = UniqueArticles()
        kept = [number for number, article in enumerate(order) if unique.offer(article, number)]
        assert [order[number] for number in kept if number not in unique.withdrawn()] == [stated]
        assert all("same id, same content" in skip.reason for skip in unique.skips())
