"""The benchmark of the operator asks for one list and writes nothing. Nothing is timed."""

from __future__ import annotations

from benchmarks.reconciling import Listed, applied, pass_ms
from hanzo_constructs.operator import Reconciler


def test_an_unchanged_fleet_is_listed_and_left_alone() -> None:
    cluster, resources = applied(2)
    client = Listed(cluster, resources)
    reconciler = Reconciler(client)
    reconciler.learn(resources)
    assert pass_ms(reconciler, resources) > 0
    assert client.lists == len(resources)
