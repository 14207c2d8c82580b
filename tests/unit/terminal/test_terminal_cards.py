"""Cards of pairs and articles, inspections, and the way back from a report's files."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from tracer.domain import Article, InputError
from tracer.report import write_report
from tracer.report.terminal import (
    TableViews,
    article_card,
    inspection,
    inspection_text,
    is_report,
    pair_card,
    read_report,
)
from tracer.split import parse_article


@pytest.mark.parametrize("width", [80, 140])
def test_cards_fit_their_width(views, width):
    cards = [pair_card(views, "agency", "weekly", width), article_card(views, "weekly", width)]
    assert max(cell_len(line) for card in cards for line in card.splitlines()) <= width


def test_a_pair_card_has_verdicts_ledgers_passages_and_what_is_missing(views):
    card = pair_card(views, "agency", "weekly", 80)
    for part in ("What they share:", "Runner-up:", "LEDGER kind", "where the odds stand", "Not found:", "PASSAGES"):
        assert part in card
    assert "[-lock-]{+sluice+}" in card
    assert "journalist's words" in card


def test_the_order_of_the_two_ids_does_not_matter(views):
    assert pair_card(views, "weekly", "agency", 80) == pair_card(views, "agency", "weekly", 80)


def test_a_pair_without_a_link_says_so_and_claims_no_more(views):
    card = " ".join(pair_card(views, "agency", "stranger", 80).split())
    assert "No link." in card
    assert "no proof" in card


def test_a_pair_needs_two_known_articles(views):
    with pytest.raises(ValueError, match="two articles"):
        pair_card(views, "agency", "agency", 80)
    with pytest.raises(KeyError):
        pair_card(views, "agency", "nobody", 80)


def test_an_article_card_goes_through_every_sentence(views, small_trace):
    card = article_card(views, "weekly", 80)
    assert f"{len(small_trace.parsed['weekly'].split.sentences):3d} [" in card
    assert "PAIR BY PAIR" in card
    assert "Mrs Tunnicliffe" in card


def test_an_article_that_draws_on_nothing_says_so(views):
    assert "nothing among these texts" in article_card(views, "stranger", 80)


def test_a_written_report_gives_the_same_cards(small_trace, views, tmp_path):
    write_report(small_trace, tmp_path / "report")
    assert is_report(tmp_path / "report")
    stored = TableViews(read_report(tmp_path / "report"))
    assert pair_card(stored, "agency", "weekly", 80) == pair_card(views, "agency", "weekly", 80)
    whole, _, _ = article_card(views, "weekly", 80).partition("\n\nSENTENCE")
    assert article_card(stored, "weekly", 80).rstrip() == whole


def test_any_other_folder_is_no_report(tmp_path):
    assert not is_report(tmp_path)
    assert not is_report(tmp_path / "nowhere")


@pytest.mark.parametrize("content", ["left,right\n", "", '"', "\x00", "not a table"])
def test_a_damaged_report_is_an_input_error(small_trace, tmp_path, content):
    write_report(small_trace, tmp_path / "report")
    (tmp_path / "report" / "clues.csv").write_text(content)
    with pytest.raises(InputError, match=r"clues\.csv"):
        read_report(tmp_path / "report")


def test_a_report_with_a_row_cut_off_is_an_input_error(small_trace, tmp_path):
    write_report(small_trace, tmp_path / "report")
    path = tmp_path / "report" / "articles.csv"
    path.write_text(path.read_text(encoding="utf-8") + "half,a,row\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"articles\.csv"):
        read_report(tmp_path / "report")


_PAGE = Article(
    "page",
    "LOWMARSH, May 3 (UPI) — The herons were counted twice. “They moved,” said Hester Quill, according to Reuters.\n\n"
    "Share this:\n\nThe barge is due back on Sunday.",
    title="Herons",
    outlet="The Tally",
)


def test_an_inspection_points_into_the_raw_text():
    seen = inspection(parse_article(_PAGE))
    places = [*seen["credits"], *seen["quotations"], *seen["attributions"], *seen["left_out"]]
    assert places
    assert all(_PAGE.text[entry["start"] : entry["stop"]] == entry["text"] for entry in places)


def test_an_inspection_names_credits_speakers_and_what_is_missing():
    shown = inspection_text([parse_article(_PAGE)], 80)
    for part in ("dateline", "UPI (agency)", "Hester Quill", "undated", "The Tally", "warnings      none"):
        assert part in shown


@pytest.mark.parametrize("width", [80, 140])
def test_an_inspection_fits_its_width(width):
    assert max(map(cell_len, inspection_text([parse_article(_PAGE)], width).splitlines())) <= width


def test_an_inspection_tells_where_fields_were_read():
    seen = inspection(parse_article(_PAGE))
    assert seen["read_from"] == {"language": "detected"}
    page = replace(
        _PAGE,
        language="en",
        credited=("Reuters", "q.example"),
        origins=(("id", "file name"), ("text", "column t"), ("language", "key lang"), ("credited", "column credit")),
    )
    assert inspection(parse_article(page))["read_from"] == dict(page.origins)
    shown = inspection_text([parse_article(page)], 140)
    assert shown.startswith("page (file name)\n")
    for line in ("outlet        The Tally\n", "en (key lang)", "credited      Reuters, q.example (column credit)"):
        assert line in shown
    assert "page furniture and credits (column t)\n" in shown
