"""What measures and builds the models: gold, metrics, training."""

from tracer.evaluation.catalogue import SCORES, ScoreKind
from tracer.evaluation.confusion import confusion_tables
from tracer.evaluation.evaluate import Evaluation, evaluate_report
from tracer.evaluation.floors import Floor, fallen, read_floors
from tracer.evaluation.gold import Gold, GoldError
from tracer.evaluation.gold_files import read_gold
from tracer.evaluation.passages import PassageScore, merged, score_passages
from tracer.evaluation.scored_pairs import ScoredPair
from tracer.evaluation.scores import Score

__all__ = [
    "SCORES",
    "Evaluation",
    "Floor",
    "Gold",
    "GoldError",
    "PassageScore",
    "Score",
    "ScoreKind",
    "ScoredPair",
    "confusion_tables",
    "evaluate_report",
    "fallen",
    "merged",
    "read_floors",
    "read_gold",
    "score_passages",
]
