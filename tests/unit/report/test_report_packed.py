"""Sort keys order as cells do, and packed rows come back as they went in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.report.packed import Block, DamagedBlockError, Rows, packed
from tracer.report.sort_keys import only_text, sort_key, sort_keys, without_last_text

texts = st.text(st.characters(), max_size=6) | st.text("\0\x01a\xff", max_size=6)
cells = st.tuples(texts, st.integers(-(2**63), 2**63 - 1), texts)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.tuples(*[st.binary(max_size=5)] * width), min_size=1, max_size=12)
)


@given(cells, cells)
def test_keys_compare_as_cells(one: tuple[str, int, str], other: tuple[str, int, str]) -> None:
    """Smaller cells have the smaller key, and different cells different keys."""
    assert (sort_key(one) < sort_key(other)) == (one < other)
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(st.lists(cells, max_size=8))
def test_keys_of_columns_are_those_of_rows(rows: list[tuple[str, int, str]]) -> None:
    """Column by column the same keys come out as row by row."""
    assert sort_keys([[row[place] for row in rows] for place in range(3)]) == [sort_key(row) for row in rows]


@given(texts)
def test_the_text_of_a_key_comes_back(text: str) -> None:
    """A key of one text gives the text."""
    assert only_text(sort_key([text])) == text


@given(texts, texts)
def test_a_key_without_its_last_text(source: str, target: str) -> None:
    """What is left is the key of the cells before."""
    assert without_last_text(sort_key([source, target, "quotes"])) == sort_key([source, target])


def test_an_empty_cell_is_no_part_of_a_key() -> None:
    """Key columns are never empty."""
    with pytest.raises(TypeError):
        sort_key([None])


@given(st.lists(tables.map(lambda rows: [row[:1] * 2 for row in rows]), min_size=1, max_size=4))
def test_rows_of_blocks_are_sorted(blocks: list[list[tuple[bytes, ...]]]) -> None:
    """All rows of all blocks, by key; those with equal keys in the order of the blocks."""
    numbered = [
        [(key, f"{place}.{rank}".encode()) for rank, (key, _) in enumerate(sorted(rows))]
        for place, rows in enumerate(blocks)
    ]
    rows = Rows(Block(packed([list(column) for column in zip(*block, strict=True)])) for block in numbered)
    expected = sorted((row for block in numbered for row in block), key=lambda row: row[0])
    assert list(zip(*rows.columns(), strict=True)) == expected
    assert len(rows) == len(expected)


@given(tables, st.data())
def test_a_cut_is_the_block_of_its_rows(rows: list[tuple[bytes, ...]], data: st.DataObject) -> None:
    """Cutting packed rows and packing cut rows give the same bytes."""
    start = data.draw(st.integers(0, len(rows) - 1))
    stop = data.draw(st.integers(start + 1, len(rows)))
    whole = Block(packed([list(column) for column in zip(*rows, strict=True)]))
    assert whole.cut(start, stop) == packed([list(column) for column in zip(*rows[start:stop], strict=True)])


@given(st.binary(max_size=5), tables, st.binary(max_size=5))
def test_a_block_among_other_bytes(before: bytes, rows: list[tuple[bytes, ...]], behind: bytes) -> None:
    """It is read where it stands, and refused where its end is missing."""
    alone = packed([list(column) for column in zip(*rows, strict=True)])
    block = Block(before + alone + behind, len(before), len(alone))
    assert block.keys() == [row[0] for row in rows]
    assert block.cut(0, len(rows)) == alone
    assert Rows([block]).columns() == Rows([Block(alone)]).columns()
    with pytest.raises(DamagedBlockError):
        Block((before + alone)[:-1], len(before), len(alone))


def test_no_rows() -> None:
    """Blocks without rows, whatever their width, give no rows."""
    rows = Rows([Block(packed([])), Block(packed([[], []]))])
    assert len(rows) == 0
    assert rows.keys == []


@given(st.binary(max_size=60))
def test_other_bytes_are_no_block(data: bytes) -> None:
    """Bytes that were not packed are refused, or are those of a block."""
    try:
        block = Block(data)
    except DamagedBlockError:
        return
    assert block.data == data


def test_blocks_of_different_width_do_not_mix() -> None:
    """They cannot be rows of one table."""
    with pytest.raises(DamagedBlockError):
        Rows([Block(packed([[b"a"]])), Block(packed([[b"a"], [b"b"]]))])
