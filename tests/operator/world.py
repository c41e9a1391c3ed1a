"""Resources in a cluster in memory, and the operator that looks after them, as tests drive it."""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Callable
from typing import Any

from hanzo_constructs.kube.manifest import Manifest
from hanzo_constructs.operator import KubeClient, ObjectRef, Outcome, Reconciler, ref_of
from hanzo_constructs.platform import Platform
from hanzo_constructs.testing.cluster import Cluster

PLATFORM = Platform()


def resource(kind: str, name: str, spec: dict[str, Any], *, namespace: str = "shop", **metadata: Any) -> Manifest:
    version = "lattice.dev/v1alpha1" if kind == "LatticeService" else "hanzo.ai/v1"
    return {
        "apiVersion": version,
        "kind": kind,
        "metadata": {"name": name, "namespace": namespace, **metadata},
        "spec": spec,
    }


def service(name: str = "api", *, annotations: dict[str, str] | None = None, **spec: Any) -> Manifest:
    whole = {"image": "ghcr.io/shop/api:v1", "ports": [{"name": "http", "containerPort": 8080}], **spec}
    return resource("Service", name, whole, annotations=annotations or {})


def database(name: str = "db", *, size: str = "10Gi", kind: str = "SQL", **spec: Any) -> Manifest:
    whole = {"storage": {"size": size, "storageClassName": "fast"}, "credentialsSecret": f"{name}-credentials", **spec}
    return resource(kind, name, whole)


class World:
    """A cluster, the operator, and whoever calls it when something has changed."""

    def __init__(self, *, absent: tuple[str, ...] = (), client: Callable[[Cluster], KubeClient] | None = None) -> None:
        self.cluster = Cluster(absent=absent)
        self.client: KubeClient = client(self.cluster) if client else self.cluster
        self.reconciler = Reconciler(self.client, PLATFORM)
        self._ticks = 0

    @property
    def now(self) -> str:
        self._ticks += 1
        return f"2026-02-01T{self._ticks // 3600:02}:{self._ticks // 60 % 60:02}:{self._ticks % 60:02}Z"

    def put(self, manifest: Manifest) -> ObjectRef:
        """Create or replace a resource, as a user does."""
        ref = ref_of(manifest)
        if ref.identity in self.cluster.objects:
            self.cluster.replace(manifest)
        else:
            self.cluster.create(manifest)
        return ref

    def read(self, ref: ObjectRef) -> Manifest:
        return copy.deepcopy(self.cluster.objects[ref.identity])

    def reconcile(self, ref: ObjectRef) -> Outcome:
        return self.reconciler.reconcile(self.read(ref), self.now)

    def settle(self, *refs: ObjectRef) -> dict[ObjectRef, Outcome]:
        """Reconcile *refs* and whom they affect, with what the controllers do in between, until nothing changes."""
        last: dict[ObjectRef, Outcome] = {}
        for _ in range(3):
            queue = deque(dict.fromkeys((*refs, *last)))  # whom a change of a child wakes too
            while queue:
                ref = queue.popleft()
                if ref.identity not in self.cluster.objects:
                    continue
                last[ref] = self.reconcile(ref)
                queue += [each for each in last[ref].affected if each not in queue]
            self.cluster.settle()
        return last

    def apply(self, manifest: Manifest) -> Manifest:
        """Create or replace a resource, and return its status when all has settled."""
        ref = self.put(manifest)
        self.settle(ref)
        return self.status(ref)

    def status(self, ref: ObjectRef) -> Manifest:
        found: Manifest = self.read(ref)["status"]
        return found

    def condition(self, ref: ObjectRef, name: str) -> Manifest:
        return next(each for each in self.status(ref)["conditions"] if each["type"] == name)

    def children(self, ref: ObjectRef) -> list[str]:
        uid = self.read(ref)["metadata"]["uid"]
        owned = self.cluster.list_owned(ref, uid)
        return sorted(f"{each['kind']}/{each['metadata']['name']}" for each in owned)


def versions(world: World, ref: ObjectRef) -> dict[str, str]:
    uid = world.read(ref)["metadata"]["uid"]
    return {str(ref_of(each)): each["metadata"]["resourceVersion"] for each in world.cluster.list_owned(ref, uid)}
