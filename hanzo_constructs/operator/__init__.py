"""The operator's core: the same compiler in a cluster, driven by what is there, with a status that is feedback.

It knows no client library: it asks a `KubeClient`, and gets the time as an argument. What runs it in a cluster, and what
it is tested against in memory (`hanzo_constructs.testing.cluster`), stand above it.
"""

from __future__ import annotations

from .client import Event, KubeClient, ObjectRef, Propagation, ref_of
from .errors import (
    AlreadyExists,
    ClusterError,
    Conflict,
    FieldConflict,
    Forbidden,
    Invalid,
    NoCluster,
    NotFound,
    Unavailable,
    error_of,
)
from .reconciler import Outcome, Reconciler
from .status import Observed, status_of

__all__ = [
    "AlreadyExists",
    "ClusterError",
    "Conflict",
    "Event",
    "FieldConflict",
    "Forbidden",
    "Invalid",
    "KubeClient",
    "NoCluster",
    "NotFound",
    "ObjectRef",
    "Observed",
    "Outcome",
    "Propagation",
    "Reconciler",
    "Unavailable",
    "error_of",
    "ref_of",
    "status_of",
]
