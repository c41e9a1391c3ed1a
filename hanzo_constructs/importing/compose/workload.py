"""The resource of one service: a Service, a Task that others wait for, or a Datastore that runs an engine."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from typing import Any

from ...kube.images import image_parts
from ...kube.manifest import Manifest, present
from ..notes import Notes
from .environment import Variables, variables_of
from .fields import commands, container_security, probe, remaining, resources
from .mounts import DEFAULT_SIZE, Mounts, Project, mounts_of
from .services import Service, Store
from .words import Port, bytes_of, pairs, port_of, seconds, text_of, whole

__all__ = ["resource_of"]

_LEVEL = "hanzo.ai/pod-security"
_PULL = {"always": "Always", "never": "Never", "missing": "IfNotPresent", "if_not_present": "IfNotPresent"}
_ALLOWED = {"NET_BIND_SERVICE"}


def resource_of(
    service: Service, others: Sequence[Service], project: Project, notes: Notes, api_version: str, namespace: str
) -> tuple[Manifest, list[Manifest]]:
    """Return the resource of *service*, and the objects that it needs beside it."""
    given = _environment(service, project, notes)
    secrets = service.secrets
    variables = variables_of(service, {key: value for key, value in given.items() if key not in secrets}, others, notes)
    mounts = mounts_of(service, project, notes, data=service.store.generation.data_path if service.store else "")
    spec = _store_spec(service, service.store, notes) if service.store else _spec(service, notes)
    spec |= _common(service, variables, mounts, notes, replicas=spec.get("replicas"))
    _leftovers(service, notes)
    metadata: dict[str, Any] = {"name": service.name}
    metadata |= {"namespace": namespace} if namespace else {}
    if level := _security_level(service, spec):
        metadata["annotations"] = {_LEVEL: level}
    document = {"apiVersion": api_version, "kind": service.kind, "metadata": metadata, "spec": spec}
    return document, mounts.objects


def _environment(service: Service, project: Project, notes: Notes) -> dict[str, str | None]:
    """Return all variables: those of `env_file` first, then those of `environment`, which win."""
    found: dict[str, str | None] = {}
    files = service.body.get("env_file")
    for index, each in enumerate([files] if isinstance(files, str | dict) else files or ()):
        path = text_of(each.get("path") if isinstance(each, dict) else each)
        data = project.files.read(path)
        if data is None:
            notes.left(("services", service.key, "env_file", index), path, "is not there to be read")
            continue
        for line in data.decode(errors="replace").splitlines():
            name, sign, value = line.strip().removeprefix("export ").partition("=")
            if sign and not name.startswith("#"):
                found[name.strip()] = value.strip().strip("\"'")
    return found | service.environment


def _image(service: Service, notes: Notes) -> Any:
    image, at = service.image, ("services", service.key)
    if service.body.get("build") is not None:
        why = "images are built and pushed before they run" + ("" if image else f"; {service.name}:latest is written")
        notes.left((*at, "build"), service.body["build"], why)
    elif not service.body.get("image"):
        notes.left((*at, "image"), None, f"is not said; {service.name}:latest is written")
    image = image or f"{service.name}:latest"
    said = text_of(service.body.get("pull_policy"))
    policy = _PULL.get(said)
    if said and policy is None and said != "build":
        notes.left((*at, "pull_policy"), said, "pods know Always, IfNotPresent and Never alone")
    return {**_parts(image), "pullPolicy": policy} if policy else image


def _parts(image: str) -> dict[str, str]:
    parts = zip(("repository", "tag", "digest"), image_parts(image), strict=True)
    return {name: part for name, part in parts if part is not None}


def _spec(service: Service, notes: Notes) -> dict[str, Any]:
    """Return what only a Service or a Task has."""
    body, at = service.body, ("services", service.key)
    spec: dict[str, Any] = {"image": _image(service, notes)}
    if service.is_task:
        return spec | commands(service, notes)
    deploy = body.get("deploy")
    said = {"deploy.replicas": deploy.get("replicas") if isinstance(deploy, dict) else None, "scale": body.get("scale")}
    for field, value in said.items():
        if value is None or "replicas" in spec:
            continue
        if (number := whole(value)) is None:
            notes.left((*at, *field.split(".")), value, "is no number of pods")
        else:
            spec["replicas"] = number
    if service.ports:
        names = service.port_names()
        spec["ports"] = [_port(each, names[each.target, each.protocol]) for each in service.ports]
    if body.get("restart") in ("no", False, "on-failure"):
        notes.left(
            (*at, "restart"),
            body["restart"],
            "pods of a Service are always started again; write a Task for work that ends",
        )
    if check := probe(service, notes):
        spec["readinessProbe"] = check
    return spec | commands(service, notes)


def _port(port: Port, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "containerPort": port.target}
    return found | ({"protocol": port.protocol} if port.protocol != "TCP" else {})


def _store_spec(service: Service, store: Store, notes: Notes) -> dict[str, Any]:
    """Return what only a Datastore has."""
    at = ("services", service.key)
    spec: dict[str, Any] = {"type": store.engine.name} if service.kind == "Datastore" else {}
    spec |= {"image": _image(service, notes), "storage": {"size": DEFAULT_SIZE}}
    notes.told(at, f"says no size; {DEFAULT_SIZE} is written")
    if secrets := service.secrets:
        name = f"{service.name}-credentials"
        spec["credentialsSecret"] = name
        keys = ", ".join(secrets)
        notes.left((*at, "environment"), "", f"make the Secret {name} with the keys {keys}", is_secret=True)
    known = {port.exposed_port for port in store.engine.ports}
    further = [port for port in service.ports if port.target not in known]
    if further:
        spec["ports"] = [_port(each, f"{each.protocol.lower()}-{each.target}") for each in further]
    return spec | commands(service, notes)


def _common(
    service: Service, variables: Variables, mounts: Mounts, notes: Notes, *, replicas: int | None
) -> dict[str, Any]:
    """Return what all kinds have."""
    body = service.body
    at = ("services", service.key)
    grace = None
    if (period := body.get("stop_grace_period")) is not None and (grace := seconds(period)) is None:
        notes.left((*at, "stop_grace_period"), period, "is no duration such as 30s")
    hosts = _host_aliases(service, notes)
    overlay = _overlay(service)
    if size := body.get("shm_size"):
        if (limit := bytes_of(size)) is None:
            notes.left((*at, "shm_size"), size, "is no amount of bytes")
        name = mounts.name("shm")
        mounts.volumes.append({"name": name, "emptyDir": present({"medium": "Memory", "sizeLimit": limit})})
        mounts.mount(name, "/dev/shm")  # noqa: S108 - a path in the container
    claims = [] if service.store else mounts.persistence
    if (replicas or 1) > 1:
        claims = [each | {"accessModes": ["ReadWriteMany"]} if "size" in each else each for each in claims]
    alone = service.kind == "Service" and any("size" in each and "accessModes" not in each for each in claims)
    return present(
        {
            "strategy": "Recreate" if alone else None,
            "env": variables.env or None,
            "connections": variables.connections or None,
            "resources": resources(service, notes) or None,
            "containerSecurityContext": container_security(service, notes) or None,
            "terminationGracePeriodSeconds": grace,
            "hostAliases": hosts or None,
            "volumes": mounts.volumes or None,
            "volumeMounts": mounts.volume_mounts or None,
            "persistence": claims or None,
            "configs": mounts.configs or None,
            "overlay": overlay or None,
        }
    )


def _host_aliases(service: Service, notes: Notes) -> list[dict[str, Any]]:
    found = []
    hosts = service.body.get("extra_hosts")
    for name, address in pairs(
        [text_of(each).replace(":", "=", 1) if "=" not in text_of(each) else each for each in hosts]
        if isinstance(hosts, list)
        else hosts
    ).items():
        if address and address != "host-gateway":
            found.append({"ip": address.strip("[]"), "hostnames": [name]})
        else:
            notes.left(
                ("services", service.key, "extra_hosts"), name, "a pod does not know the machine that it runs on"
            )
    return found


def _overlay(service: Service) -> dict[str, Any]:
    """Return an overlay for what a container has and no field says: its working directory."""
    directory = text_of(service.body.get("working_dir"))
    if not posixpath.isabs(directory):
        return {}
    pod = {"spec": {"containers": [{"name": service.name, "workingDir": directory}]}}
    child = "StatefulSet" if service.store else "Job" if service.is_task else "Deployment"
    return {child: {"spec": {"template": pod}}}


def _security_level(service: Service, spec: Mapping[str, Any]) -> str:
    """Return the level that lets the pods start as Docker does: as root, where the file names no other user."""
    if service.store:
        return ""
    context = spec.get("containerSecurityContext") or {}
    added = {*(context.get("capabilities") or {}).get("add", ())}
    if context.get("privileged") or added - _ALLOWED:
        return "none"
    return "" if context.get("runAsUser") else "baseline"


def _leftovers(service: Service, notes: Notes) -> None:
    body, at = service.body, ("services", service.key)
    remaining(service, notes, lambda field: field == "pull_policy")
    for index, port in enumerate(
        each for each in service.ports if each.published or _is_published(service, each.target)
    ):
        if not port.is_local:
            why = f"is reached at {service.name}:{port.target} in the cluster alone; write ingress, or service.type"
            notes.left((*at, "ports", index), port.published or str(port.target), why)
    deploy = body.get("deploy")
    for field, value in deploy.items() if isinstance(deploy, dict) else ():
        if field not in {"replicas", "resources", "labels", "restart_policy"} and (field, value) != (
            "mode",
            "replicated",
        ):
            notes.left(
                (*at, "deploy", field), value, "has no counterpart; see rollout, affinity and topologySpreadConstraints"
            )
    if body.get("group_add"):
        notes.left((*at, "group_add"), body["group_add"], "write securityContext.supplementalGroups")
    depends = body.get("depends_on")
    for name, how in depends.items() if isinstance(depends, dict) else ():
        if isinstance(how, dict) and how.get("condition") == "service_completed_successfully":
            notes.left(
                (*at, "depends_on", name),
                "service_completed_successfully",
                "nothing waits in a cluster; make it an init container",
            )


def _is_published(service: Service, target: int) -> bool:
    """Tell whether the file lists *target* among the ports of the machine, which it chooses itself."""
    return any(port.target == target for each in service.body.get("ports") or () for port in port_of(each) or ())
