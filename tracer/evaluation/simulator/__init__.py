"""A newsroom simulator: labelled corpora, with their true provenance graph, grown from given base texts."""

from tracer.evaluation.simulator.folder import check_output, write_simulation
from tracer.evaluation.simulator.recipes import RECIPES
from tracer.evaluation.simulator.settings import SimulationSettings
from tracer.evaluation.simulator.simulation import Simulation, simulate

__all__ = ["RECIPES", "Simulation", "SimulationSettings", "check_output", "simulate", "write_simulation"]
