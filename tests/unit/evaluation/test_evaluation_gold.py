"""Gold files: what is read, and how every fault is told with its place."""

from __future__ import annotations

import pytest

from tracer.domain import InputError
from tracer.evaluation import GoldError, read_gold
from tracer.evaluation.formula_guard import unguarded
from tracer.evaluation.gold import LEFT, RIGHT, GoldPair
from tracer.report import inert


def only(gold):
    (found,) = gold.pairs.values()
    return found


def test_a_table_of_pairs(gold):
    found = read_gold(gold("left,right,kind,origin,immediacy,story\nb,c,lineage,->,direct,x\na,c,none,,,\n"))
    assert list(found.pairs.values()) == [
        GoldPair("a", "c", "none"),
        GoldPair("b", "c", "lineage", LEFT, "direct", "x"),
    ]
    assert not found.complete
    assert found.edges is found.passages is found.families is None


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("left;right;Kind;direction\nb;a;Lineage;left->right\n", RIGHT),
        ("\ufeffleft\tright\tkind\torigin\nb\ta\tlineage\t ← \n", LEFT),
        ('left,right,kind,origin,notes\r\na,b,lineage,COMMON,"said, twice"\r\n,,,,\r\n', "common source"),
        ("left,right,kind,origin\na,b,lineage,\n", None),
        ("left,right,kind,origin\na,b,lineage,Right → Left\n", RIGHT),
        ("left,right,kind,origin\na,b,lineage,common_source\n", "common source"),
        ("left,right,kind\na,b,lineage\nb,a,lineage\n", None),
    ],
)
def test_tables_as_spreadsheets_write_them(gold, text, origin):
    """Delimiters, byte order mark, capitals, aliases, blank rows, further columns; swapped ids are turned round."""
    found = only(read_gold(gold(text)))
    assert (found.ends, found.kind, found.origin) == (("a", "b"), "lineage", origin)


def test_the_second_mention_may_add_labels(gold):
    text = "left,right,kind,origin,immediacy\na,b,lineage,,\nb,a,lineage,<-,direct\n"
    assert only(read_gold(gold(text))) == GoldPair("a", "b", "lineage", LEFT, "direct")


def test_rows_without_a_kind_are_counted(gold):
    found = read_gold(gold("left,right,kind\na,b,\na,c,none\n"))
    assert (len(found.pairs), found.unlabelled) == (1, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("left,right\na,b\n", ["line 1", "no column 'kind'", "left,right,kind"]),
        ("left,left,right,kind\na,a,b,none\n", ["two columns 'left'"]),
        ("left,right,kind\na,b,copy\n", ["line 2", "'copy'", "lineage, statement, none"]),
        ("left,right,kind\na,a,none\n,b,none\n", ["line 2", "one article", "line 3", "must both hold"]),
        ("left,right,kind,origin\na,b,statement,->\n", ["line 2", "origin is only for lineage"]),
        ("left,right,kind,origin,immediacy\na,b,lineage,common,direct\n", ["immediacy needs an origin"]),
        ("left,right,kind\na,b,none\nb,a,lineage\n", ["line 3", "otherwise at line 2", "kind"]),
        ("left,right,kind,origin\na,b,lineage,->\nb,a,lineage,->\n", ["line 3", "origin"]),
        ("left,right,kind\na,b,none,x\n", ["line 2", "more cells"]),
        ('left,right,kind\n"a,b,none\n', ["is no row of a table"]),
        ("", ["no text"]),
        ("{nonsense", ["valid JSON"]),
        ("{}", ["pairs"]),
        ("[1, 2]", ['a list under "pairs"']),
    ],
)
def test_what_is_wrong_is_told_with_its_place(gold, text, said):
    with pytest.raises(GoldError) as raised:
        read_gold(gold(text))
    assert all(part in str(raised.value) for part in [*said, "docs/reference/gold.md"]), str(raised.value)
    assert isinstance(raised.value, InputError)


def test_all_problems_are_collected(gold):
    with pytest.raises(GoldError) as raised:
        read_gold(gold("left,right,kind\n" + "a,b,wrong\n" * 30))
    assert len(raised.value.problems) == 30
    assert "and 10 more" in str(raised.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"format": "tracer-gold 2"}, '"format"'),
        ({"complete": "yes"}, '"complete"'),
        ({"pairs": [{"left": "a", "right": 3, "kind": "none"}]}, "pairs, entry 1"),
        ({"pairs": ["a"]}, "pairs, entry 1"),
        ({"sources": {}}, '"sources" must be a list'),
        ({"sources": [{"id": "s", "kind": "rumour", "children": []}]}, "sources, entry 1"),
        ({"sources": [{"id": "s", "kind": "unseen", "children": "a"}]}, '"children"'),
        ({"sources": [{"id": "s", "kind": "unseen", "children": []}] * 2}, "used twice"),
        ({"edges": [{"source": "a", "target": "b", "relation": "copies"}]}, "edges, entry 1"),
        ({"edges": [{"source": "a"}]}, '"target"'),
        ({"edges": [{"source": "a", "target": "b"}, {"source": "b", "target": "a"}]}, "a → b → a is a ring"),
        ({"claims": [{"phrase": "x", "articles": ["a"], "independent_origins": -1}]}, "claims, entry 1"),
        ({"claims": [{"phrase": "x", "articles": ["a"], "independent_origins": 10**400}]}, "claims, entry 1"),
        ({"stories": [{"id": "s", "articles": ["a"]}, {"id": "t", "articles": ["a"]}]}, "two stories"),
        ({"passages": [{"left": "a", "right": "b", "left_start": 5, "left_stop": 5}]}, "passages, entry 1"),
        ({"families": [{"members": [{"article": "a", "start": True, "stop": 2}]}]}, "families, entry 1"),
        ({"families": [{"members": [{"article": "a", "start": 0, "stop": 2}] * 2}]}, "member twice"),
    ],
)
def test_what_is_wrong_in_json_is_told_with_its_entry(gold, content, said):
    with pytest.raises(GoldError) as raised:
        read_gold(gold(**content))
    assert said in str(raised.value)


def test_a_swapped_passage_is_turned_round(gold):
    places = {"left_start": 1, "left_stop": 2, "right_start": 7, "right_stop": 9}
    found = read_gold(gold(passages=[{"left": "b", "right": "a", **places}]))
    ((ours, theirs),) = found.passages["a", "b"]
    assert (ours.start, ours.stop, theirs.start, theirs.stop) == (7, 9, 1, 2)


def test_unknown_keys_and_the_articles_named(gold):
    content = {
        "edges": [{"source": "s", "target": "a", "relation": "credits", "why": "byline"}],
        "sources": [{"id": "s", "kind": "agency", "name": "S", "children": ["a", "b"]}],
        "claims": [{"phrase": "x", "articles": ["c"], "independent_origins": 1}],
        "stories": [{"id": "t", "articles": ["d"], "roots": ["s", "e"]}],
        "anything": 1,
    }
    assert read_gold(gold(**content)).articles() == {"a", "b", "c", "d", "e"}


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_gold(tmp_path / "nowhere.csv")


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", " -x", "'tis", "''", "a=1", "＋1", "@a", "'"])
def test_the_guard_of_a_report_is_undone(text):
    """Every text comes back, one that begins with an apostrophe of its own too."""
    assert unguarded(inert(text)) == text
