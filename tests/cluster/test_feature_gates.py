"""A server keeps a field behind a feature gate exactly where the table says that its version has the gate on."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.kube.core.gates import GATED, ON_SINCE
from hanzo_constructs.kube.core.since import SINCE
from tests.cluster.client import Client

pytestmark = [pytest.mark.cluster, pytest.mark.slow]

TERM = {"topologyKey": "zone", "labelSelector": {"matchLabels": {"app": "a"}}}
SPREAD = {"maxSkew": 1, "whenUnsatisfiable": "DoNotSchedule", **TERM}


def container(**fields: Any) -> dict[str, Any]:
    return {"containers": [{"name": "a", "image": "a:1", **fields}]}


def volume(**source: Any) -> dict[str, Any]:
    return {**container(volumeMounts=[{"name": "v", "mountPath": "/v"}]), "volumes": [{"name": "v", **source}]}


def projected(**source: Any) -> dict[str, Any]:
    return volume(projected={"sources": [source]})


def affinity(**fields: Any) -> dict[str, Any]:
    term = {**TERM, **fields}
    return {**container(), "affinity": {"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}}


def spread(**fields: Any) -> dict[str, Any]:
    return {**container(), "topologySpreadConstraints": [{**SPREAD, **fields}]}


BUNDLE = {"path": "ca", "name": "b"}
CERTIFICATE = {"signerName": "a.example/b", "keyType": "ED25519", "credentialBundlePath": "p"}
ITEM = {"key": "k", "path": "p", "user": 1}
DOWN = {"path": "p", "fieldRef": {"fieldPath": "metadata.name"}, "user": 1}

PODS: dict[tuple[str, str], dict[str, Any]] = {
    ("ClusterTrustBundleProjection", "user"): projected(clusterTrustBundle=BUNDLE | {"user": 1}),
    ("ConfigMapVolumeSource", "defaultUser"): volume(configMap={"name": "c", "defaultUser": 1}),
    ("Container", "resizePolicy"): container(resizePolicy=[{"resourceName": "cpu", "restartPolicy": "NotRequired"}]),
    ("Container", "restartPolicy"): {
        **container(),
        "initContainers": [{"name": "b", "image": "b:1", "restartPolicy": "Always"}],
    },
    ("Container", "restartPolicyRules"): container(
        restartPolicy="Never",
        restartPolicyRules=[{"action": "Restart", "exitCodes": {"operator": "In", "values": [42]}}],
    ),
    ("DownwardAPIVolumeFile", "user"): volume(downwardAPI={"items": [DOWN]}),
    ("DownwardAPIVolumeSource", "defaultUser"): volume(downwardAPI={"defaultUser": 1}),
    ("EmptyDirVolumeSource", "mode"): volume(emptyDir={"mode": 448}),
    ("EnvVarSource", "fileKeyRef"): {
        **container(
            env=[{"name": "A", "valueFrom": {"fileKeyRef": {"volumeName": "v", "path": "p", "key": "K"}}}],
        ),
        "volumes": [{"name": "v", "emptyDir": {}}],
    },
    ("GRPCAction", "mode"): container(livenessProbe={"grpc": {"port": 1, "mode": "TLS"}}),
    ("HTTPGetAction", "protocol"): container(livenessProbe={"httpGet": {"port": 1, "protocol": "H2C"}}),
    ("KeyToPath", "user"): volume(configMap={"name": "c", "items": [ITEM]}),
    ("Lifecycle", "stopSignal"): {**container(lifecycle={"stopSignal": "SIGINT"}), "os": {"name": "linux"}},
    ("LifecycleHandler", "sleep"): container(lifecycle={"preStop": {"sleep": {"seconds": 5}}}),
    ("PodAffinityTerm", "matchLabelKeys"): affinity(matchLabelKeys=["k"]),
    ("PodAffinityTerm", "mismatchLabelKeys"): affinity(mismatchLabelKeys=["k"]),
    ("PodCertificateProjection", "user"): projected(podCertificate=CERTIFICATE | {"user": 1}),
    ("PodSecurityContext", "seLinuxChangePolicy"): {
        **container(),
        "securityContext": {"seLinuxChangePolicy": "Recursive"},
    },
    ("PodSecurityContext", "supplementalGroupsPolicy"): {
        **container(),
        "securityContext": {"supplementalGroupsPolicy": "Strict"},
    },
    ("ProjectedVolumeSource", "defaultUser"): volume(
        projected={"sources": [{"configMap": {"name": "c"}}], "defaultUser": 1}
    ),
    ("ResourceRequirements", "claims"): {
        **container(resources={"claims": [{"name": "gpu"}]}),
        "resourceClaims": [{"name": "gpu", "resourceClaimName": "gpu"}],
    },
    ("SecretVolumeSource", "defaultUser"): volume(secret={"secretName": "s", "defaultUser": 1}),
    ("SecurityContext", "procMount"): {
        **container(securityContext={"procMount": "Unmasked"}),
        "hostUsers": False,
    },
    ("ServiceAccountTokenProjection", "user"): projected(serviceAccountToken={"path": "p", "user": 1}),
    ("TopologySpreadConstraint", "matchLabelKeys"): spread(matchLabelKeys=["k"]),
    ("TopologySpreadConstraint", "minDomains"): spread(minDomains=2),
    ("TopologySpreadConstraint", "nodeAffinityPolicy"): spread(nodeAffinityPolicy="Ignore"),
    ("TopologySpreadConstraint", "nodeTaintsPolicy"): spread(nodeTaintsPolicy="Honor"),
    ("Volume", "image"): volume(image={"reference": "a:1"}),
    ("VolumeMount", "bindMountOptions"): {
        **container(volumeMounts=[{"name": "v", "mountPath": "/v", "bindMountOptions": ["noexec"]}]),
        "volumes": [{"name": "v", "emptyDir": {}}],
    },
    ("VolumeMount", "recursiveReadOnly"): {
        **container(
            volumeMounts=[{"name": "v", "mountPath": "/v", "readOnly": True, "recursiveReadOnly": "IfPossible"}]
        ),
        "volumes": [{"name": "v", "emptyDir": {}}],
    },
    ("VolumeProjection", "clusterTrustBundle"): projected(clusterTrustBundle=BUNDLE),
    ("VolumeProjection", "podCertificate"): projected(podCertificate=CERTIFICATE),
}
"""The spec of a pod that has the field, by type and field."""

CLAIM = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
CLAIMS: dict[tuple[str, str], dict[str, Any]] = {
    ("PersistentVolumeClaimSpec", "volumeAttributesClassName"): {**CLAIM, "volumeAttributesClassName": "fast"},
    ("TypedObjectReference", "namespace"): {
        **CLAIM,
        "dataSourceRef": {"kind": "PersistentVolumeClaim", "name": "c", "namespace": "other"},
    },
}
"""The spec of a claim that has the field: a server looks at it when the claim is made, not in the template of a pod."""


def covers(stored: Any, sent: Any) -> bool:
    """Tell whether all that was *sent* is *stored*, which may have defaults beside it."""
    if isinstance(sent, dict):
        return isinstance(stored, dict) and all(covers(stored.get(key), item) for key, item in sent.items())
    if isinstance(sent, list):
        return isinstance(stored, list) and all(map(covers, stored, sent)) and len(stored) == len(sent)
    return bool(stored == sent)


def test_there_is_an_object_for_every_gated_field() -> None:
    assert {*PODS, *CLAIMS} == {(name, field) for name, fields in GATED.items() for field in fields}


@pytest.mark.parametrize(("name", "field"), [*PODS, *CLAIMS], ids=map(".".join, [*PODS, *CLAIMS]))
def test_a_field_is_kept_where_its_gate_is_on(client: Client, name: str, field: str) -> None:
    minor = int(client.request("GET", "/version").body["minor"].rstrip("+"))
    if SINCE.get(name, {}).get(field, 0) > minor:
        pytest.skip(f"the schema of Kubernetes 1.{minor} does not have the field")
    if spec := CLAIMS.get((name, field)):
        body: dict[str, Any] = {"kind": "PersistentVolumeClaim", "spec": spec}
    else:
        spec = PODS[name, field]
        body = {"kind": "PodTemplate", "template": {"metadata": {"labels": {"app": "a"}}, "spec": spec}}
    metadata = {"name": "gated", "namespace": "default"}
    answer = client.create({"apiVersion": "v1", "metadata": metadata, **body}, dry_run=True)
    kept = answer.status < 300 and covers(answer.body, body)
    assert kept is (minor >= ON_SINCE[GATED[name][field]]), answer.message
