"""The six objects every rival has to render for one service, as plain dicts.

They are what the compiler makes of `fleet.resource` (the checks of the harness say so), written out here so that the
rivals can be judged, and the plain cdk8s programs fed, without the compiler.
"""

from __future__ import annotations

from typing import Any

from benchmarks.fleet import NAMESPACE, env, facts, resources

KINDS = ("Deployment", "Service", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy")


def objects(index: int) -> list[dict[str, Any]]:
    """Return the objects of service number *index*, in the order of KINDS."""
    fact = facts(index)
    return [
        _deployment(fact),
        _service(fact),
        _ingress(fact),
        _autoscaler(fact),
        _budget(fact),
        _policy(fact),
    ]


def _selector(fact: dict[str, Any]) -> dict[str, str]:
    return {"app.kubernetes.io/name": fact["name"], "app.kubernetes.io/instance": fact["name"]}


def _pod_labels(fact: dict[str, Any]) -> dict[str, str]:
    return {
        **_selector(fact),
        "app.kubernetes.io/component": fact["component"],
        "app.kubernetes.io/part-of": "shop",
        "app.kubernetes.io/managed-by": "hanzo-constructs",
        "team": fact["team"],
    }


def _metadata(fact: dict[str, Any], annotations: dict[str, str] | None = None) -> dict[str, Any]:
    labels = {**_pod_labels(fact), "app.kubernetes.io/version": fact["version"]}
    metadata: dict[str, Any] = {"name": fact["name"], "namespace": NAMESPACE, "labels": labels}
    return {**metadata, "annotations": annotations} if annotations else metadata


def _probe(path: str, **numbers: int) -> dict[str, Any]:
    timing = {"initialDelaySeconds": 5, "periodSeconds": 10, **numbers}
    return {"httpGet": {"path": path, "port": "http"}, **timing}


def _spread(fact: dict[str, Any], topology_key: str) -> dict[str, Any]:
    return {
        "maxSkew": 1,
        "topologyKey": topology_key,
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": _selector(fact)},
        "matchLabelKeys": ["pod-template-hash"],
    }


def _container(fact: dict[str, Any]) -> dict[str, Any]:
    name = fact["name"]
    return {
        "name": name,
        "image": f"ghcr.io/hanzoai/{name}:{fact['version']}",
        "ports": [
            {"name": "http", "containerPort": 8080, "protocol": "TCP"},
            {"name": "metrics", "containerPort": 9090, "protocol": "TCP"},
        ],
        "env": env(fact),
        "envFrom": [{"configMapRef": {"name": f"{name}-environment"}}],
        "resources": resources(fact),
        "startupProbe": _probe("/health", failureThreshold=30),
        "livenessProbe": _probe("/health", periodSeconds=20),
        "readinessProbe": _probe("/ready", timeoutSeconds=2),
        "lifecycle": {"preStop": {"sleep": {"seconds": 5}}},
        "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
        "volumeMounts": [{"name": "config", "mountPath": "/etc/service", "readOnly": True}],
    }


def _deployment(fact: dict[str, Any]) -> dict[str, Any]:
    pod = {
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": 30,
        "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
        "topologySpreadConstraints": [
            _spread(fact, "kubernetes.io/hostname"),
            _spread(fact, "topology.kubernetes.io/zone"),
        ],
        "containers": [_container(fact)],
        "volumes": [{"name": "config", "configMap": {"name": f"{fact['name']}-config"}}],
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": _metadata(fact),
        "spec": {
            "minReadySeconds": 10,
            "revisionHistoryLimit": 3,
            "selector": {"matchLabels": _selector(fact)},
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
            "template": {"metadata": {"labels": _pod_labels(fact)}, "spec": pod},
        },
    }


def _service(fact: dict[str, Any]) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": _metadata(fact),
        "spec": {
            "type": "ClusterIP",
            "selector": _selector(fact),
            "ports": [
                {"name": "http", "port": 80, "targetPort": 8080, "protocol": "TCP"},
                {"name": "metrics", "port": 9090, "targetPort": 9090, "protocol": "TCP"},
            ],
        },
    }


def _ingress(fact: dict[str, Any]) -> dict[str, Any]:
    backend = {"service": {"name": fact["name"], "port": {"number": 80}}}
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": _metadata(fact, {"cert-manager.io/cluster-issuer": "letsencrypt-prod"}),
        "spec": {
            "ingressClassName": "ingress",
            "tls": [{"hosts": [fact["host"]], "secretName": f"{fact['name']}-tls"}],
            "rules": [
                {
                    "host": fact["host"],
                    "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": backend}]},
                }
            ],
        },
    }


def _autoscaler(fact: dict[str, Any]) -> dict[str, Any]:
    target = {"type": "Utilization", "averageUtilization": 75}
    return {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": _metadata(fact),
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": fact["name"]},
            "minReplicas": 2,
            "maxReplicas": fact["maxReplicas"],
            "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": target}}],
        },
    }


def _budget(fact: dict[str, Any]) -> dict[str, Any]:
    return {
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": _metadata(fact),
        "spec": {
            "maxUnavailable": 1,
            "unhealthyPodEvictionPolicy": "AlwaysAllow",
            "selector": {"matchLabels": _selector(fact)},
        },
    }


def _policy(fact: dict[str, Any]) -> dict[str, Any]:
    peers = [{"podSelector": {"matchLabels": {"team": fact["team"]}}}, {"podSelector": {}}]
    controller = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ingress"}}}
    http, metrics = {"port": 8080, "protocol": "TCP"}, {"port": 9090, "protocol": "TCP"}
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": _metadata(fact),
        "spec": {
            "podSelector": {"matchLabels": _selector(fact)},
            "policyTypes": ["Ingress"],
            "ingress": [{"from": peers, "ports": [http, metrics]}, {"from": [controller], "ports": [http]}],
        },
    }
