"""Logistic regression that starts from what experts hold: weights keep their sign and their saturation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.evidence.ledger import ClueWeight
from tracer.evidence.weights import QuestionWeights

Floats = npt.NDArray[np.float64]
_TEMPERATURE_SPREAD = 0.15


@dataclass(frozen=True, slots=True)
class Sample:
    """Cases of one question.

    ``strengths`` (cases × clues) are the summed strengths of each clue, held to its saturation; ``labels`` (cases) are
    1 where the question's answer is yes; ``counts`` (cases) say how much each case counts.
    """

    strengths: Floats
    labels: Floats
    counts: Floats

    def only(self, kept: npt.NDArray[np.bool_]) -> Sample:
        """The cases that ``kept`` marks."""
        return Sample(self.strengths[kept], self.labels[kept], self.counts[kept])


@dataclass(frozen=True, slots=True)
class Design:
    """What is held of one question before any data is seen.

    ``names`` are its clues, sorted. ``centre`` has the expert's weight of each and, last, the expert's prior log-odds.
    ``saturation`` is the strength beyond which a clue adds nothing. ``has_prior`` is false for direction, whose
    exchange of sides leaves no room for one.
    """

    names: tuple[str, ...]
    centre: Floats
    saturation: Floats
    has_prior: bool

    @classmethod
    def of(cls, expert: QuestionWeights, *, has_prior: bool) -> Design:
        """From the expert's weights and caps."""
        names = tuple(sorted(expert.clues))
        rules = [expert.clues[name] for name in names]
        saturation = [rule.cap / abs(rule.weight) if rule.weight else 0.0 for rule in rules]
        return cls(
            names, np.array([*(rule.weight for rule in rules), expert.prior]), np.array(saturation), has_prior=has_prior
        )

    def row(self, strengths: Mapping[str, float]) -> Floats:
        """One case's strengths in the order of ``names``, saturated."""
        raw = np.array([strengths.get(name, 0.0) for name in self.names])
        saturated: Floats = np.clip(raw, -self.saturation, self.saturation)
        return saturated

    def logits(self, strengths: Floats, coefficients: Floats) -> Floats:
        """Log-odds of each row."""
        found: Floats = strengths @ coefficients[:-1] + coefficients[-1]
        return found

    def weights(self, coefficients: Floats) -> QuestionWeights:
        """Fitted coefficients as a question's rules; weights to four decimals."""
        rounded = [round(float(value), 4) + 0.0 for value in coefficients]
        rules = {
            name: ClueWeight(weight, round(abs(weight) * float(most), 4))
            for name, weight, most in zip(self.names, rounded[:-1], self.saturation, strict=True)
        }
        return QuestionWeights(rounded[-1], rules)


def fit(design: Design, sample: Sample, ridge: float) -> Floats:
    """Coefficients that maximise the likelihood less ``ridge`` · Σ ((w − expert) / spread)².

    The spread of a weight is half the expert's plus .25, so that small weights move less. A weight never crosses
    zero: its sign is theory. Convex; the same data gives the same coefficients. Source: MAP logistic regression with
    an informative Gaussian prior (Genkin, Lewis and Madigan 2007).
    """
    from scipy.optimize import minimize  # noqa: PLC0415 - heavy

    spread = 0.5 * np.abs(design.centre) + 0.25
    signs = np.sign(design.centre[:-1])
    bounds: list[tuple[float | None, float | None]] = [
        (0.0 if sign >= 0 else None, 0.0 if sign <= 0 else None) for sign in signs
    ]
    bounds.append((None, None) if design.has_prior else (0.0, 0.0))

    def loss(coefficients: Floats) -> tuple[float, Floats]:
        logits = design.logits(sample.strengths, coefficients)
        away = (coefficients - design.centre) / spread
        cost = np.dot(sample.counts, np.logaddexp(0.0, logits) - sample.labels * logits) + ridge * np.dot(away, away)
        error = sample.counts * (_logistic(logits) - sample.labels)
        slope = np.append(sample.strengths.T @ error, error.sum()) + 2 * ridge * away / spread
        return float(cost), slope

    start = design.centre if design.has_prior else np.append(design.centre[:-1], 0.0)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000, "ftol": 1e-12})
    coefficients: Floats = found.x
    return coefficients


def temperature(logits: Floats, labels: Floats, counts: Floats) -> float:
    """The divisor of log-odds, in [.5, 4], that makes held-out cases likeliest (Guo et al. 2017); 1 for no cases.

    Drawn towards 1, by a normal prior of width ``_TEMPERATURE_SPREAD`` on its logarithm, so that one wrong case among
    a few dozen does not cool all of them.
    """
    from scipy.optimize import minimize_scalar  # noqa: PLC0415 - heavy

    if not len(logits):
        return 1.0

    def loss(log_temperature: float) -> float:
        scaled = logits / np.exp(log_temperature)
        cost = np.dot(counts, np.logaddexp(0.0, scaled) - labels * scaled)
        return float(cost + 0.5 * (log_temperature / _TEMPERATURE_SPREAD) ** 2)

    found = minimize_scalar(loss, bounds=(np.log(0.5), np.log(4.0)), method="bounded")
    return float(np.exp(found.x))


def _logistic(logits: Floats) -> Floats:
    found: Floats = 1.0 / (1.0 + np.exp(-np.clip(logits, -500, 500)))
    return found


def folds(groups: Sequence[str], count: int, seed: int) -> npt.NDArray[np.int64]:
    """A fold number for each case; cases of one group share it. Independent of the order of the cases."""
    names = sorted(set(groups))
    places = np.random.default_rng(seed).permutation(len(names)) % count
    fold_of = dict(zip(names, places.tolist(), strict=True))
    return np.array([fold_of[name] for name in groups], dtype=np.int64)
