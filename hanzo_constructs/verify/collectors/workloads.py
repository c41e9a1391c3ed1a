"""What is remembered of an object that runs pods: labels and ports, its selectors, its texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...kube.fields import Path
from ...kube.handlers import handlers
from ...kube.kinds import SCALABLE, TRANSIENT
from ...spec.rollout import is_none
from ..facts import Port, Workload
from ..index import SetIndex
from ..objects import Container, Object, Origin
from .exclusive import read_host_ports
from .se_linux import read_se_linux_labels
from .stored import is_for_one_node

__all__ = ["read_workload"]

_VOLUME_OPTIONS = {"csi": "volumeAttributes", "flexVolume": "options"}
"""Fields of a volume source with options for its driver, which are free text."""

_NOTHING = (None, 0, "0")
"""Quantities that request nothing."""

_PLACES = ("affinity", "nodeSelector", "nodeName")

_OLD_PORT = "data"
"""Name of the one port of a datastore in epoch 2025; no other StatefulSet of ours has a port of that name alone."""


def read_workload(obj: Object, set_index: SetIndex) -> None:
    """Note the pods of *obj*, who selects them, and what they need."""
    origin, pod, spec = obj.origin, obj.pod, obj.spec
    namespace, transient = origin.namespace, obj.kind in TRANSIENT
    ports: tuple[Port, ...] = tuple(
        [
            (port["containerPort"], port.get("name") or "", port.get("protocol") or "TCP")
            for container in pod.containers
            for port in container.ports
        ]
    )
    if obj.own and obj.own.sidecar_ports and not transient:
        ports += tuple((number, "", protocol) for number, protocol in obj.own.sidecar_ports)
    main = pod.containers[0].ports if pod.containers else []
    complete = not (obj.own and obj.kind == "StatefulSet" and [each.get("name") for each in main] == [_OLD_PORT])
    replicas = spec.get("replicas") if obj.kind in SCALABLE else None
    share = set_index.share
    workload = set_index.workloads[obj.kind, namespace, origin.name] = Workload(
        origin,
        pod.labels,
        share(ports),
        complete,
        replicas,
        transient,
        tuple(_claims(obj)) if pod.volumes else (),
        obj.kind == "Deployment" and _surges(spec.get("strategy") or {}),
        obj.own is not None and obj.own.scaled_from_outside,
        any(pod.spec.get(field) for field in _PLACES),
        share(frozenset(_unasked(obj))),
    )
    for template in spec.get("volumeClaimTemplates") or ():
        if is_for_one_node((template.get("spec") or {}).get("accessModes")):
            set_index.claim_templates[namespace, f"{template['metadata']['name']}-{origin.name}"] = workload
    asked = () if transient or obj.kind == "Pod" else obj.asked(spec.get("selector"))
    if asked:
        set_index.select(namespace, asked).users.append((origin, ("spec", "selector")))
    if apart := (pod.spec.get("affinity") or {}).get("podAntiAffinity"):
        _read_anti_affinity(apart, obj, set_index)
    for container in pod.containers:
        _read_container(container, origin, set_index)
    _read_pod_texts(obj, set_index)
    if obj.kind == "DaemonSet":
        read_host_ports(obj, set_index)
    if pod.volumes or "volumeClaimTemplates" in spec:
        read_se_linux_labels(obj, set_index)


def _read_anti_affinity(apart: dict[str, Any], obj: Object, set_index: SetIndex) -> None:
    """Note the pods of its own namespace that *obj* is kept *apart* from."""
    path: Path = (*obj.pod.path, "affinity", "podAntiAffinity")
    required, preferred = (f"{how}DuringSchedulingIgnoredDuringExecution" for how in ("required", "preferred"))
    terms: list[tuple[Path, dict[str, Any]]] = [
        ((*path, required, index), term) for index, term in enumerate(apart.get(required) or ())
    ]
    for index, weighted in enumerate(apart.get(preferred) or ()):
        terms.append(((*path, preferred, index, "podAffinityTerm"), weighted.get("podAffinityTerm") or {}))
    for place, term in terms:
        elsewhere = term.get("namespaces") or term.get("namespaceSelector") is not None
        if not elsewhere and (asked := obj.asked(term.get("labelSelector"))):
            selection = set_index.select(obj.origin.namespace, asked)
            selection.apart.append((obj.origin, set_index.share((*place, "labelSelector"))))


def _claims(obj: Object) -> Iterator[tuple[str, Path]]:
    """Yield the names of the claims that all pods of *obj* mount."""
    for index, volume in enumerate(obj.pod.volumes):
        if claim := volume.get("persistentVolumeClaim"):
            yield claim["claimName"], (*obj.pod.path, "volumes", index, "persistentVolumeClaim")


def _unasked(obj: Object) -> Iterator[str]:
    """Yield of what a container of *obj* that lasts has no request; a limit is one too."""
    for container in obj.pod.containers:
        resources = (container.lasting and container.data.get("resources")) or {}
        requests, limits = resources.get("requests") or {}, resources.get("limits") or {}
        for name in ("cpu", "memory") if container.lasting else ():
            if requests.get(name, limits.get(name)) in _NOTHING:
                yield name


def _surges(strategy: dict[str, Any]) -> bool:
    """Tell whether a rollout by *strategy* starts a new pod before it stops an old one."""
    surge = (strategy.get("rollingUpdate") or {}).get("maxSurge", "25%")
    return strategy.get("type", "RollingUpdate") == "RollingUpdate" and not is_none(surge)


def _read_pod_texts(obj: Object, set_index: SetIndex) -> None:
    origin, pod = obj.origin, obj.pod
    for index, volume in enumerate(pod.volumes):
        for how, options in _VOLUME_OPTIONS.items():
            if how in volume and (values := volume[how].get(options)):
                set_index.texts.append((origin, (*pod.path, "volumes", index, how, options), values, ()))
    annotations = pod.metadata.get("annotations")
    if annotations and obj.kind != "Pod":  # those of a pod are the object's own
        set_index.texts.append((origin, (*pod.path[:-1], "metadata", "annotations"), annotations, ()))


def _read_container(container: Container, origin: Origin, set_index: SetIndex) -> None:
    path, data = container.path, container.data
    if env := data.get("env"):
        values = tuple([each.get("value") for each in env])
        set_index.texts.append((origin, set_index.share((*path, "env")), values, ("value",)))
    for field in ("command", "args"):
        if words := data.get(field):
            set_index.texts.append((origin, set_index.share((*path, field)), words, ()))
    _read_handlers(container, origin, set_index)


def _read_handlers(container: Container, origin: Origin, set_index: SetIndex) -> None:
    path = container.path
    asked: dict[Path, dict[str, Any]] = {}
    for at, handler in handlers(container.data):
        if words := (handler.get("exec") or {}).get("command"):
            set_index.texts.append((origin, set_index.share((*path, *at, "exec", "command")), words, ()))
        if request := handler.get("httpGet"):
            if (place := at[:-1]) not in asked:
                asked[place] = {}
                set_index.texts.append((origin, set_index.share((*path, *place)), asked[place], ("httpGet", "path")))
            asked[place][str(at[-1])] = request.get("path")
            if headers := request.get("httpHeaders"):
                values = [each.get("value") for each in headers]
                set_index.texts.append((origin, (*path, *at, "httpGet", "httpHeaders"), values, ("value",)))
