"""The reference page of scores, made of the catalogue."""

from __future__ import annotations

from tracer.evaluation.catalogue import POPULATIONS, SCORES

_HEAD = """# Scores

What `tracer evaluate` prints, in its order. The page is made from `tracer/evaluation/catalogue.py`; a test compares
the two. [How to score a report](../how-to/score-a-report.md) shows them at work; [gold](gold.md) says what to label.

**Interval.** The central 95 % of 1,000 bootstrap draws (percentiles; Efron and Tibshirani 1993). A draw takes whole
stories with replacement, as many as there are, because pairs of one story depend on each other. A story is the one
that the gold names, else the articles that labelled pairs connect. A pair of two stories counts to that of its left
article, an edge to that of its target, a source or claim to that of its first article. There is no interval where
fewer than two stories speak, nor where all draws agree: when every case is right, the draws cannot show how far that
is luck. As a rule of thumb, with *n* independent stories and no mistake, up to 3/*n* may still be mistaken.
Calibration errors come out too large on few cases, and their intervals more so: compare them only between runs on the
same gold.

**n** counts the cases that a score is measured on. A score without a case has no value, and keeps no floor. Where
`less` is better, a floor is a greatest value.

**Against.** With `--against`, the second report is scored on the same gold, and the interval of the difference is
drawn with both reports in step.

"""
_TAIL = """## How things are matched

- **Pairs** by their two ids, whichever is called left. A gold origin is turned round with them.
- **Passages** (Potthast et al. 2010): in a report with `regions.csv` (`tracer report --regions`) each of its rows is
  one detection. In a report without it, rows of `passages.csv` at most `--merge-gap` code points apart in both articles
  are one. A note says which was scored. A detection meets a gold passage when they share a character in both articles.
  Precision is the mean over detections of the share of their characters, in both articles together, that lie in gold
  passages they meet; recall the mean over gold passages of the share found; granularity the mean number of detections
  per gold passage met. Without any detection, precision is 0.
- **Edges** are those between articles that a text was drawn along (`draws_on`), not quotations and credits, nor
  versions of one article. An **ancestor** is reached along such edges, by way of other articles or of sources.
- **Roots** of a story: where its text comes from. A report gives its articles' `p_root` and its unseen sources'
  `confidence`; the likeliest of these is its answer. A true root that is an article is found by its id; an unseen one
  by the articles that draw on it first, through other unseen texts or not: the Jaccard coefficient with those of the
  report's source is at least ½. What only one article drew on leaves no trace: then that article is the root.
- **Sources** by the articles that have them: one to one, with the largest sum of Jaccard coefficients, those under ½
  not counted. A source counts under its own group alone: unseen; statement, with institutions and persons; agencies
  and outlets. Names are not compared.
- **Families**: a gold member has the claim of the sentence in `claim_members.csv` that shares most characters with it,
  at least half of the shorter of the two. The four measures of clusters look at members that have a claim;
  `families.covered` says how many do.
- **Claims**: the claim of one of the gold's articles whose text has most of the phrase's words, at least half of
  them."""


def scores_markdown() -> str:
    """``docs/reference/scores.md``."""
    rows = [
        f"| `{kind.name}` | {kind.meaning} | {kind.measured_on} | {'less' if kind.most else 'more'} | {kind.source} |\n"
        for kind in SCORES.values()
    ]
    table = "| score | meaning | measured on | better | source |\n|---|---|---|---|---|\n" + "".join(rows)
    populations = "".join(f"- **{name}**: {meaning}\n" for name, meaning in POPULATIONS.items())
    return f"{_HEAD}## All scores\n\n{table}\n## What they are measured on\n\n{populations}{_TAIL}"
