"""Fit the weights and measure them: ``python -m tracer.evaluation.training --help``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tracer.evaluation.training.report import study_text
from tracer.evaluation.training.run import Inputs, fit_all, measure_all
from tracer.evaluation.training.weights_file import weights_text


def main() -> None:
    """Command line: fit, write the weights, print what they are worth on pairs they were not fitted to."""
    options = _parser().parse_args()
    inputs = Inputs(
        gold_articles=options.gold[0],
        gold=options.gold[1],
        unrelated_articles=options.unrelated[0],
        exceptions=options.unrelated[1],
        base=options.base,
        test_base=options.test_base,
    )
    if options.output:
        weights, manifest = fit_all(inputs)
        content = weights_text(weights, manifest)
        partial = options.output.with_name(options.output.name + ".partial")
        partial.write_text(content, encoding="utf-8")
        partial.replace(options.output)
    if options.measure:
        options.measure.mkdir(parents=True, exist_ok=True)
        sys.stdout.write(study_text(measure_all(inputs), options.measure))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tracer.evaluation.training", description=__doc__)
    pair = ("ARTICLES", "GOLD")
    parser.add_argument("--gold", nargs=2, type=Path, metavar=pair, required=True, help="labelled pairs")
    parser.add_argument(
        "--unrelated", nargs=2, type=Path, metavar=pair, required=True, help="articles of which only these pairs share"
    )
    parser.add_argument("--base", type=Path, metavar="ARTICLES", required=True, help="texts to grow newsrooms from")
    parser.add_argument(
        "--test-base", type=Path, metavar="ARTICLES", required=True, help="other texts, for newsrooms to measure on"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the fitted weights here")
    parser.add_argument("--measure", type=Path, metavar="DIR", help="measure on held-out pairs; figures go here")
    return parser


if __name__ == "__main__":
    main()
