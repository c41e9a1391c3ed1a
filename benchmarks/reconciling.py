"""What the operator costs for resources that have not changed, without the requests to a server.

    python benchmarks/reconciling.py [SERVICES]

Printed is processor time for each resource, the best of five: of an operator that has seen it before, and of one that has just
started, so that it compiles everything and compares it with what is there; and the memory of the process, in which
the objects of the cluster are too. Exit status 1 where a resource that was seen before takes 2 ms, or asks for more than one list.
"""

from __future__ import annotations

import resource as system
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.fleet import resource
from hanzo_constructs.kube.manifest import Manifest
from hanzo_constructs.operator import Event, ObjectRef, Propagation, Reconciler, ref_of
from hanzo_constructs.testing.cluster import Cluster

ROUNDS = 5
PROMISE_MS = 2
NOW = "2026-01-01T00:00:00Z"


class Listed:
    """A client that has the children of each resource at hand, as one that watches has, and counts what else is asked."""

    def __init__(self, cluster: Cluster, resources: list[Manifest]) -> None:
        self._owned = {
            each["metadata"]["uid"]: cluster.list_owned(ref_of(each), each["metadata"]["uid"]) for each in resources
        }
        self.lists = 0

    def list_owned(self, owner: ObjectRef, uid: str) -> list[Manifest]:
        """Return what was there at the beginning."""
        del owner
        self.lists += 1
        return self._owned[uid]

    def get(self, ref: ObjectRef) -> Manifest:
        """Refuse: nobody should ask."""
        raise AssertionError(f"asked for {ref}")

    def apply(self, manifest: Manifest, *, manager: str, force: bool = False) -> Manifest:
        """Refuse: nobody should write."""
        raise AssertionError(f"{manager} applied {ref_of(manifest)} ({force})")

    def patch(self, ref: ObjectRef, patch: Manifest, *, uid: str, manager: str) -> Manifest:
        """Refuse: nobody should write."""
        raise AssertionError(f"{manager} patched {ref} {uid} {patch}")

    def delete(self, ref: ObjectRef, *, uid: str, propagation: Propagation = "Background") -> None:
        """Refuse: nobody should write."""
        raise AssertionError(f"deleted {ref} {uid} {propagation}")

    def patch_status(self, ref: ObjectRef, status: Manifest, *, uid: str, manager: str) -> None:
        """Refuse: nobody should write."""
        raise AssertionError(f"{manager} said of {ref} {uid} {status}")

    def emit_event(self, event: Event) -> None:
        """Refuse: nothing has happened."""
        raise AssertionError(f"told {event}")


def applied(services: int) -> tuple[Cluster, list[Manifest]]:
    """Return a cluster in which *services* are applied and ready, and these."""
    cluster = Cluster()
    stored = [
        cluster.create({**each, "metadata": {"namespace": "shop", **each["metadata"]}})
        for each in map(resource, range(services))
    ]
    reconciler = Reconciler(cluster)
    reconciler.learn(stored)
    refs = [ref_of(each) for each in stored]
    for _ in range(2):
        for ref in refs:
            reconciler.reconcile(cluster.get(ref), NOW)
        cluster.settle()
    for ref in refs:
        reconciler.reconcile(cluster.get(ref), NOW)
    return cluster, [cluster.get(ref) for ref in refs]


def pass_ms(reconciler: Reconciler, resources: list[Manifest]) -> float:
    """Return the milliseconds that a resource takes when all are reconciled."""
    begin = time.process_time()
    for each in resources:
        reconciler.reconcile(each, NOW)
    return (time.process_time() - begin) / len(resources) * 1000


def main() -> int:
    """Measure and print the table."""
    services = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    cluster, resources = applied(services)
    client = Listed(cluster, resources)
    fresh, seen = [], []
    for _ in range(ROUNDS):
        reconciler = Reconciler(client)
        reconciler.learn(resources)
        fresh.append(pass_ms(reconciler, resources))
        seen.append(pass_ms(reconciler, resources))
    lists = client.lists / services / ROUNDS / 2
    print("| resource | ms of CPU | lists |\n| --- | --- | --- |")
    print(f"| seen before | {min(seen):.2f} | {lists:.0f} |\n| after a start | {min(fresh):.2f} | {lists:.0f} |")
    print(f"\n{services} resources, {system.getrusage(system.RUSAGE_SELF).ru_maxrss // 1024} MiB with their cluster")
    return 0 if min(seen) < PROMISE_MS and lists == 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
