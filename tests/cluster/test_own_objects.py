"""A server takes an object of the user's own exactly if we do."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.verify import prove
from tests.cluster.client import Client

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

LABELS = {"app": "own"}


def own(kind: str, version: str = "v1", *, metadata: Any = None, **body: Any) -> dict[str, Any]:
    return {
        "apiVersion": version,
        "kind": kind,
        "metadata": {"name": "own", "namespace": "default", **(metadata or {})},
        **body,
    }


def pods(**fields: Any) -> dict[str, Any]:
    return {"metadata": {"labels": LABELS}, "spec": {"containers": [{"name": "own", "image": "a:v1"}], **fields}}


def deployment(pod: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    spec = {"selector": {"matchLabels": LABELS}, "template": pods(**(pod or {})), **fields}
    return own("Deployment", "apps/v1", spec=spec)


def stateful_set(**fields: Any) -> dict[str, Any]:
    spec = {"selector": {"matchLabels": LABELS}, "template": pods(), "serviceName": "own", **fields}
    return own("StatefulSet", "apps/v1", spec=spec)


def job(**fields: Any) -> dict[str, Any]:
    return own("Job", "batch/v1", spec={"template": pods(restartPolicy="Never"), **fields})


def claim(**fields: Any) -> dict[str, Any]:
    return own("PersistentVolumeClaim", spec=fields)


def node_port(*ports: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return own("Service", spec={"type": "NodePort", "selector": LABELS, "ports": list(ports), **fields})


def finalized(*finalizers: str) -> dict[str, Any]:
    return own("ConfigMap", metadata={"finalizers": list(finalizers)})


def owned(*owners: dict[str, Any]) -> dict[str, Any]:
    whole = {"apiVersion": "v1", "kind": "ConfigMap", "name": "owner", "uid": "1"}
    return own("ConfigMap", metadata={"ownerReferences": [{**whole, **owner} for owner in owners]})


def secret(said: str, *, annotations: Any = None, **data: str) -> dict[str, Any]:
    return own("Secret", type=said, stringData=data, metadata={"annotations": annotations or {}})


WINDOWS = {"os": {"name": "windows"}}
LINUX = {"os": {"name": "linux"}}
REQUEST = {"requests": {"storage": "1Gi"}}
POD_SECURITY: tuple[dict[str, Any], ...] = (
    {"runAsNonRoot": True},
    {"runAsUser": 1},
    {"fsGroup": 1},
    {"supplementalGroups": [1]},
    {"supplementalGroups": []},
    {"sysctls": []},
    {"seccompProfile": {"type": "RuntimeDefault"}},
)
CONTAINER_SECURITY: tuple[dict[str, Any], ...] = (
    {"readOnlyRootFilesystem": False},
    {"allowPrivilegeEscalation": False},
    {"capabilities": {}},
    {},
)
CERTIFICATE = {"tls.crt": "", "tls.key": ""}

NAMES = ("own", "shop:Reader_of:things", "A", "a b", ".", "..", "a/b", "a%b", "x" * 254)
OBJECTS = (
    *(own("Role", "rbac.authorization.k8s.io/v1", metadata={"name": name}, rules=[]) for name in NAMES),
    *(own("ConfigMap", metadata={"name": name}) for name in NAMES),
    *(deployment(replicas=number) for number in (0, -1, 2**31 - 1, 2**31)),
    *(
        deployment(None, **{field: -1})
        for field in ("minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds")
    ),
    *(deployment({"terminationGracePeriodSeconds": number}) for number in (0, -1, 2**40)),
    stateful_set(ordinals={"start": -1}),
    stateful_set(updateStrategy={"type": "RollingUpdate", "rollingUpdate": {"partition": -1}}),
    *(job(**{field: number}) for number in (1, -1, 2**31) for field in ("parallelism", "completions", "backoffLimit")),
    *(job(activeDeadlineSeconds=number) for number in (0, -1)),
    job(ttlSecondsAfterFinished=-1),
    finalized("orphan", "kubernetes", "example.com/guard"),
    finalized("orphan", "foregroundDeletion"),
    *map(finalized, ("guard", "bad thing", "example.com/bad thing", "", "example.com/")),
    owned({}),
    owned({"controller": True}, {"uid": "2", "name": "b", "controller": True}),
    *(owned({field: ""}) for field in ("apiVersion", "kind", "name", "uid")),
    deployment(WINDOWS),
    deployment({**WINDOWS, "securityContext": {"windowsOptions": {"runAsUserName": "own"}}}),
    *(deployment({**WINDOWS, "securityContext": each}) for each in POD_SECURITY),
    *(
        deployment({**WINDOWS, "containers": [{"name": "own", "image": "a:v1", "securityContext": each}]})
        for each in CONTAINER_SECURITY
    ),
    *(deployment({**WINDOWS, field: True}) for field in ("hostPID", "hostIPC", "hostUsers", "shareProcessNamespace")),
    deployment({**WINDOWS, "hostPID": False}),
    deployment({**WINDOWS, "shareProcessNamespace": False}),
    deployment({**LINUX, "securityContext": {"runAsUser": 1}}),
    deployment({**LINUX, "securityContext": {"windowsOptions": {"runAsUserName": "own"}}}),
    claim(accessModes=["ReadWriteOnce"], resources=REQUEST),
    claim(resources=REQUEST),
    claim(accessModes=[], resources=REQUEST),
    claim(accessModes=["ReadWriteOnce"]),
    claim(accessModes=["ReadWriteOnce"], resources={"requests": {"storage": "0"}}),
    claim(accessModes=["ReadWriteOnce"], resources={"requests": {"storage": "-1"}}),
    claim(accessModes=["ReadWriteOnce", "ReadWriteOncePod"], resources=REQUEST),
    claim(accessModes=["ReadWriteSometimes"], resources=REQUEST),
    secret("Opaque"),
    secret("example.com/own"),
    secret("kubernetes.io/tls"),
    secret("kubernetes.io/tls", **CERTIFICATE),
    secret("kubernetes.io/ssh-auth"),
    secret("kubernetes.io/ssh-auth", **{"ssh-privatekey": ""}),
    secret("kubernetes.io/basic-auth"),
    secret("kubernetes.io/basic-auth", username="own"),
    secret("kubernetes.io/dockerconfigjson"),
    *(secret("kubernetes.io/dockerconfigjson", **{".dockerconfigjson": text}) for text in ("{}", "", "x", "[]")),
    secret("kubernetes.io/dockercfg", **{".dockercfg": "x"}),
    secret("kubernetes.io/service-account-token"),
    secret("kubernetes.io/service-account-token", annotations={"kubernetes.io/service-account.name": "own"}),
    *(node_port({"port": 80, "nodePort": number}) for number in (0, 30082, 99999, -1)),
    node_port({"name": "a", "port": 80, "nodePort": 30082}, {"name": "b", "port": 81, "nodePort": 30082}),
    node_port(
        {"name": "a", "port": 80, "nodePort": 30082}, {"name": "b", "port": 80, "nodePort": 30082, "protocol": "UDP"}
    ),
)


def refusals(*objects: dict[str, Any]) -> list[str]:
    """Return why we refuse *objects*."""
    return [str(each) for each in prove((), objects).findings if each.severity == "error"]


def test_a_server_takes_an_object_exactly_if_we_do(client: Client) -> None:
    differences = []
    for each in OBJECTS:
        is_given = each["kind"] == "Service"  # a dry run is given no ports of nodes
        theirs, ours = client.create(each, dry_run=not is_given).message, refusals(each)
        if is_given:
            client.delete(each)
        if bool(theirs) != bool(ours):
            differences.append((theirs, ours, each))
    assert differences == []


def named(manifest: dict[str, Any], name: str) -> dict[str, Any]:
    return {**manifest, "metadata": {**manifest["metadata"], "name": name}}


RIVALS = (
    ({"type": "NodePort", "ports": [{"port": 80, "nodePort": 30081}]}, True),
    ({"clusterIP": "10.96.7.7", "ports": [{"port": 80}]}, True),
    ({"externalIPs": ["203.0.113.7"], "ports": [{"port": 80}]}, False),
    ({"type": "LoadBalancer", "loadBalancerIP": "203.0.113.7", "ports": [{"port": 80}]}, False),
    ({"clusterIP": "None", "ports": [{"port": 80}]}, False),
)


@pytest.mark.parametrize(("spec", "refused"), RIVALS)
def test_a_server_gives_to_one_what_we_say_that_it_does(client: Client, spec: dict[str, Any], *, refused: bool) -> None:
    first, second = (named(own("Service", spec={"selector": LABELS, **spec}), name) for name in ("first", "second"))
    assert not client.create(first).message
    try:
        assert bool(client.create(second).message) is refused  # a dry run is given no address
    finally:
        client.delete(first)
        client.delete(second)
    assert bool(refusals(first, second)) is refused
