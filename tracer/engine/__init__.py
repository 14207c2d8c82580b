"""Engines that run the two maps and the join."""

from tracer.engine.local import EngineResult, run_local
from tracer.engine.opened_work import OpenedWork, last_step
from tracer.engine.plan import Observer, Plan, TracedBatch, silent
from tracer.engine.reading import Intake
from tracer.engine.work_folder import WorkFolder

__all__ = [
    "EngineResult",
    "Intake",
    "Observer",
    "OpenedWork",
    "Plan",
    "TracedBatch",
    "WorkFolder",
    "last_step",
    "run_local",
    "silent",
]
