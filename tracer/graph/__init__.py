"""Latent sources, sentence parents, edges and claims: the provenance graph of a story."""

from tracer.graph.accounts import Account, CreditStatus, namers
from tracer.graph.claims import Claim
from tracer.graph.nodes import Edge, Evidence, NodeKind, Relation, Source
from tracer.graph.parents import Parent
from tracer.graph.provenance import ProvenanceGraph, build_graph

__all__ = [
    "Account",
    "Claim",
    "CreditStatus",
    "Edge",
    "Evidence",
    "NodeKind",
    "Parent",
    "ProvenanceGraph",
    "Relation",
    "Source",
    "build_graph",
    "namers",
]
