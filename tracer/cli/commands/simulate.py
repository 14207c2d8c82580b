"""``tracer simulate``: labelled corpora grown from given texts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracer.cli.interrupts import stop_if_interrupted
from tracer.cli.loading import load, note_skips
from tracer.cli.options import Inputs, ReadOptions, with_options
from tracer.cli.streams import note

if TYPE_CHECKING:
    from tracer.evaluation.simulator import SimulationSettings


@dataclass(frozen=True, slots=True)
class SimulateOptions(ReadOptions):
    """Options on what is grown, on top of how base texts are read."""

    stories: Annotated[int, typer.Option(metavar="N", help="Stories to grow, of three or four base texts each.")] = 20
    articles: Annotated[str, typer.Option(metavar="LOW-HIGH", help="Articles per story.")] = "3-8"
    recipes: Annotated[
        str | None,
        typer.Option(metavar="NAMES", help="How articles are derived: names with weights, such as cut,spin=2."),
    ] = None
    filler: Annotated[
        str, typer.Option(metavar="KIND", help="Added sentences: easy (of other texts), hard (of the same), or both.")
    ] = "both"
    lexicon: Annotated[str, typer.Option(metavar="HALF", help="Half of the synonyms: a, b, or both.")] = "both"
    unseen: Annotated[float, typer.Option(metavar="SHARE", help="Stories whose root is not handed in.")] = 0.3
    undated: Annotated[float, typer.Option(metavar="SHARE", help="Articles without a date.")] = 0.1
    wrong_clocks: Annotated[float, typer.Option(metavar="SHARE", help="Articles with a wrong date.")] = 0.05
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of all draws.")] = 0

    def settings(self) -> SimulationSettings:
        """The settings of the simulator.

        Raises:
            SettingsError: naming every setting that cannot be used.
        """
        from tracer.domain import SettingsError  # noqa: PLC0415 - --help must stay light
        from tracer.evaluation.simulator import SimulationSettings  # noqa: PLC0415

        low, high = _bounds(self.articles)
        settings = SimulationSettings(
            stories=self.stories,
            articles_low=low,
            articles_high=high,
            recipes=_mix(self.recipes),
            filler=self.filler,
            lexicon=self.lexicon,
            unseen=self.unseen,
            undated=self.undated,
            wrong_clocks=self.wrong_clocks,
            seed=self.seed,
        )
        problems = settings.problems()
        if problems:
            raise SettingsError(problems)
        return settings


@with_options(SimulateOptions)
def simulate(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder to write; must not exist yet.")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace an earlier simulation in that folder.")
    ] = False,
    *,
    options: SimulateOptions,
) -> None:
    """Grow labelled newsroom corpora from given texts.

    Writes articles.jsonl, truth.json and simulation.json: stories as newsrooms make them, and who truly drew on whom.
    """
    settings = options.settings()
    from tracer.evaluation.simulator import check_output, write_simulation  # noqa: PLC0415 - --help must stay light
    from tracer.evaluation.simulator import simulate as grow  # noqa: PLC0415

    check_output(out, overwrite=overwrite)
    base, skipped = load(inputs, options.read_settings(), options)
    if options.language is not None:
        base = [replace(article, language=options.language) for article in base]
    made = grow(base, settings)
    stop_if_interrupted()
    write_simulation(made, settings, out, overwrite=overwrite)
    note_skips(len(skipped), "tracer report on the same inputs lists them")
    note(_summary(out, (len(made.truth.stories), settings.stories), len(made.articles), len(made.skipped)))


def _summary(out: Path, stories: tuple[int, int], articles: int, unfit: int) -> str:
    from tracer.report.views.figures import count  # noqa: PLC0415 - --help must stay light

    grown, wanted = stories
    short = f" ({wanted:,} were asked for; base texts ran out)" if grown < wanted else ""
    left = f"; {count(unfit, 'base text')} did not do, and simulation.json says why" if unfit else ""
    return f"wrote {out}: {count(articles, 'article')} in {grown:,} {'story' if grown == 1 else 'stories'}{short}{left}"


def _bounds(text: str) -> tuple[int, int]:
    """``4-12`` or ``5`` as two numbers.

    Raises:
        SettingsError: when it is neither.
    """
    from tracer.domain import SettingsError  # noqa: PLC0415 - --help must stay light

    low, dash, high = text.partition("-")
    try:
        return int(low), int(high if dash else low)
    except ValueError as error:
        raise SettingsError([f"--articles must be a range such as 4-12, not {text!r}"]) from error


def _mix(text: str | None) -> tuple[str | tuple[str, float], ...]:
    """``cut,spin=2`` as names and pairs; nothing for all recipes.

    Raises:
        SettingsError: when a weight is no number.
    """
    from tracer.domain import SettingsError  # noqa: PLC0415 - --help must stay light

    made: list[str | tuple[str, float]] = []
    for entry in filter(None, (text or "").split(",")):
        name, equals, weight = entry.strip().partition("=")
        try:
            made.append((name, float(weight)) if equals else name)
        except ValueError as error:
            raise SettingsError([f"the weight of recipe {name!r} must be a number, not {weight!r}"]) from error
    return tuple(made)
