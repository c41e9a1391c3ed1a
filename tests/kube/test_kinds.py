"""What others need is applied first."""

from __future__ import annotations

import itertools

from hanzo_constructs.kube.kinds import apply_rank


def test_what_others_need_comes_first() -> None:
    order = [
        "Namespace",
        "ServiceAccount",
        "KMSSecret",
        "Secret",
        "ConfigMap",
        "NetworkPolicy",
        "Service",
        "Deployment",
    ]
    order += ["HorizontalPodAutoscaler", "PodDisruptionBudget", "Ingress", "ServiceMonitor"]
    assert all(apply_rank(first) < apply_rank(second) for first, second in itertools.pairwise(order))


def test_kinds_nobody_knows_come_last_and_together() -> None:
    assert apply_rank("Pineapple") == apply_rank("Mango") > apply_rank("ServiceMonitor")
