"""One spelling for what Kubernetes reads alike, so that manifests of any origin can be compared.

What an API server writes where nothing is written is left out, except where this compiler has a default of its own: times
of probes, the pull policy of images, what happens to jobs that overlap. These are written out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...kube.manifest import Manifest
from .server_defaults import OF_CONTAINERS, OF_PODS, OF_PROBES, OF_SPECS, OF_SPECS_BY_SERVERS

__all__ = ["normal", "port_number", "without_defaults"]

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_WITH_MODE = ("configMap", "downwardAPI", "projected", "secret")
_MAY_BE_EMPTY = (
    "affinity",
    "annotations",
    "args",
    "command",
    "dnsConfig",
    "env",
    "envFrom",
    "hostAliases",
    "imagePullSecrets",
    "initContainers",
    "labels",
    "lifecycle",
    "nodeSelector",
    "ports",
    "resources",
    "securityContext",
    "strategy",
    "tolerations",
    "topologySpreadConstraints",
    "updateStrategy",
    "volumeClaimTemplates",
    "volumeMounts",
    "volumes",
)


def normal(manifest: Manifest, *, served: bool = False) -> Manifest:
    """Return *manifest*, cleaned already, in the spelling of all; *served*: a server filled its fields."""
    kind, spec = manifest["kind"], manifest.get("spec")
    found = {**manifest, "metadata": _without_empty(manifest["metadata"])}
    if isinstance(spec, dict):
        found["spec"] = _spec(kind, spec, served=served)
    return found


def _spec(kind: str, spec: Manifest, *, served: bool) -> Manifest:
    found = _without(
        _without_empty(spec), OF_SPECS.get(kind, {}) | (OF_SPECS_BY_SERVERS.get(kind, {}) if served else {})
    )
    match kind:
        case "Deployment":
            if found.get("strategy") == {"type": "RollingUpdate"}:
                del found["strategy"]
        case "StatefulSet":
            _normal_stateful_set(found)
        case "Service":
            _normal_service(found, served=served)
        case "HorizontalPodAutoscaler":
            _normal_autoscaler(found)
        case "Job":
            _normal_job(found, served=served)
        case "CronJob":
            found.setdefault("concurrencyPolicy", "Allow")
            job = found.get("jobTemplate")
            if isinstance(job, dict) and isinstance(job.get("spec"), dict):
                found["jobTemplate"] = {**_without_empty(job), "spec": _spec("Job", job["spec"], served=served)}
    _normal_template(found)
    return found


def _normal_template(found: Manifest) -> None:
    template = found.get("template")
    if isinstance(template, dict) and isinstance(template.get("spec"), dict):
        metadata = {"metadata": _without_empty(template["metadata"])} if template.get("metadata") else {}
        claims = {each["metadata"]["name"] for each in found.get("volumeClaimTemplates") or ()}
        found["template"] = {**template, **metadata, "spec": _pod(template["spec"], claims)}


def _normal_stateful_set(spec: Manifest) -> None:
    update = spec.get("updateStrategy") or {}
    if update.get("type", "RollingUpdate") == "RollingUpdate" and (update.get("rollingUpdate") or {"partition": 0}) == {
        "partition": 0
    }:
        spec.pop("updateStrategy", None)
    if templates := spec.get("volumeClaimTemplates"):  # their kind goes without saying
        spec["volumeClaimTemplates"] = [
            {
                "metadata": each["metadata"],
                "spec": _without(_without_empty(each.get("spec") or {}), {"volumeMode": "Filesystem"}),
            }
            for each in templates
        ]


def _normal_job(spec: Manifest, *, served: bool) -> None:
    if served:
        spec.pop("selector", None)
    if spec.get("completionMode") == "Indexed":
        spec.setdefault("completions", 1)


def _normal_service(spec: Manifest, *, served: bool) -> None:
    if served:
        for field in ("clusterIPs", "ipFamilies", "healthCheckNodePort"):
            spec.pop(field, None)
        if spec.get("clusterIP") != "None":
            spec.pop("clusterIP", None)
    if "clusterIPs" in spec and spec["clusterIPs"] == [spec.get("clusterIP")]:
        del spec["clusterIPs"]
    if "sessionAffinity" not in spec:
        spec.pop("sessionAffinityConfig", None)
    if "ports" in spec:
        spec["ports"] = [_without(each, {"protocol": "TCP", "nodePort": 0}) for each in spec["ports"]]


def _normal_autoscaler(spec: Manifest) -> None:
    """Write the metrics as version v2 does."""
    spec.setdefault("minReplicas", 1)
    percent = spec.pop("targetCPUUtilizationPercentage", None)
    metrics = [] if percent is None else [_utilization("cpu", percent)]
    for metric in spec.get("metrics") or ():
        resource = metric.get("resource") if isinstance(metric, dict) else None
        old = resource.get("targetAverageUtilization") if isinstance(resource, dict) else None
        metrics.append(metric if old is None or resource is None else _utilization(resource["name"], old))
    if metrics:
        spec["metrics"] = metrics


def _utilization(name: str, percent: Any) -> Manifest:
    target = {"type": "Utilization", "averageUtilization": percent}
    return {"type": "Resource", "resource": {"name": name, "target": target}}


def _pod(pod: Manifest, claims: Iterable[str]) -> Manifest:
    found = _without(_without_empty(pod), OF_PODS)
    if account := found.pop("serviceAccount", None):  # another name of the same field
        found.setdefault("serviceAccountName", account)
    if found.get("restartPolicy") == "Always":
        del found["restartPolicy"]
    for field in ("containers", "initContainers"):
        if field in found:
            found[field] = [_container(each) for each in found[field]]
    if "volumes" in found:
        found["volumes"] = [_volume(each) for each in found["volumes"] if each.get("name") not in claims]
    return _without_empty(found)


def _container(container: Manifest) -> Manifest:
    found = _without(_without_empty(container), OF_CONTAINERS)
    found.setdefault("imagePullPolicy", _pull_policy(str(container.get("image", ""))))
    if "ports" in found:
        found["ports"] = [_without(each, {"protocol": "TCP", "hostPort": 0}) for each in found["ports"]]
    if "env" in found:
        found["env"] = [_variable(each) for each in found["env"]]
    for field in _PROBES:
        if isinstance(probe := found.get(field), dict):
            found[field] = _probe(probe, container)
    return found


def without_defaults(container: Manifest) -> Manifest:
    """Return *container*, in its normal form, without what Kubernetes does where nothing is written."""
    found = _without(container, {"imagePullPolicy": _pull_policy(str(container.get("image", "")))})
    for field in _PROBES:
        if field in found:
            found[field] = _without(found[field], OF_PROBES)
    return found


def _pull_policy(image: str) -> str:
    """Return what Kubernetes does where no policy is written."""
    name, _, digest = image.partition("@")
    tag = name.rpartition("/")[2].partition(":")[2]
    return "Always" if not digest and tag in ("", "latest") else "IfNotPresent"


def _variable(variable: Manifest) -> Manifest:
    source = variable.get("valueFrom")
    if not isinstance(source, dict):
        return {**variable, "value": variable.get("value", "")}
    rest = {key: value for key, value in variable.items() if key != "value" or value}
    if isinstance(field := source.get("fieldRef"), dict):
        return {**rest, "valueFrom": {"fieldRef": _without(field, {"apiVersion": "v1"})}}
    if isinstance(resource := source.get("resourceFieldRef"), dict):
        kept = {key: value for key, value in resource.items() if key != "divisor" or str(value) != "0"}
        return {**rest, "valueFrom": {"resourceFieldRef": kept}}
    return rest


def _volume(volume: Manifest) -> Manifest:
    """Return *volume*; one without a source is an emptyDir."""
    found = dict(volume) if len(volume) > 1 else {**volume, "emptyDir": {}}
    for field in _WITH_MODE:
        if isinstance(source := found.get(field), dict):
            found[field] = _without(source, {"defaultMode": 420, "optional": False})
    if isinstance(path := found.get("hostPath"), dict):
        found["hostPath"] = _without(path, {"type": ""})
    return found


def _probe(probe: Manifest, container: Manifest) -> Manifest:
    """Return *probe* with all its times, and with the number of the port and the path that a kubelet asks."""
    found = {**OF_PROBES, **probe}
    if isinstance(http := probe.get("httpGet"), dict):
        path = f"/{str(http.get('path', '')).removeprefix('/')}"
        found["httpGet"] = {
            **_without(http, {"scheme": "HTTP"}),
            "path": path,
            "port": port_number(http.get("port"), container),
        }
    if isinstance(socket := probe.get("tcpSocket"), dict):
        found["tcpSocket"] = {**socket, "port": port_number(socket.get("port"), container)}
    if isinstance(call := probe.get("grpc"), dict):
        found["grpc"] = _without(call, {"service": ""})
    return found


def port_number(port: Any, container: Manifest) -> Any:
    """Return the number of the *port* that *container* declares by that name; *port* itself where there is none."""
    numbers = {each.get("name"): each.get("containerPort") for each in container.get("ports") or ()}
    return numbers.get(port, port)


def _without(values: Manifest, defaults: Manifest) -> Manifest:
    return {
        key: value
        for key, value in values.items()
        if key not in defaults or value != defaults[key] or isinstance(value, bool) != isinstance(defaults[key], bool)
    }


def _without_empty(values: Manifest) -> Manifest:
    return {key: value for key, value in values.items() if value not in ({}, []) or key not in _MAY_BE_EMPTY}
