"""A cluster in memory, for tests of what an operator does: no server, no clock, nothing but Python.

`Cluster` stores objects and answers as an API server does: server-side apply with the owners of each field, conflicts,
generations, finalizers, owner references, preconditions and what cannot be changed. It adds no defaults.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...kube.manifest import Manifest
from .controllers import collect_garbage, run_workloads
from .faults import Died, Fault, FaultyClient
from .store import Store

__all__ = ["Cluster", "Died", "Fault", "FaultyClient"]


class Cluster(Store):
    """A cluster in memory: a `KubeClient`, what people do by hand, and what controllers do when they are asked to."""

    def __init__(self, definitions: Iterable[Manifest] = (), *, absent: Iterable[str] = ()) -> None:
        """Begin empty; *definitions* are CustomResourceDefinitions, and *absent* kinds are not known."""
        super().__init__(definitions, absent=absent)
        self.failing: set[str] = set()
        """Names of workloads whose pods do not become ready."""

    def settle(self) -> None:
        """Let the controllers do what they do in the end."""
        collect_garbage(self)
        run_workloads(self, self.failing)

    def named(self, kind: str, name: str, namespace: str = "") -> Manifest:
        """Return the object of that *kind* and *name*; raises KeyError where there is none."""
        for each in self.objects.values():
            metadata = each["metadata"]
            if each["kind"] == kind and metadata["name"] == name and namespace in {"", metadata.get("namespace")}:
                return each
        raise KeyError(f"{kind} {name}")
