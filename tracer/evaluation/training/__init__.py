"""Fits the weights of all clues to labelled pairs: ``python -m tracer.evaluation.training``."""
