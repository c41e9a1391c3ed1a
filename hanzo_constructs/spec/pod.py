"""Rules between the fields of a pod's containers, volumes and ports, for every kind that runs pods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..kube.core import EnvFromSource, EnvVar, ResourceRequirements, Volume, VolumeDevice, VolumeMount
from ..kube.fields import Path, listed, shown
from ..kube.model import Problem
from ..kube.names import key_problem
from ..kube.quantity import quantity_value
from .ports import ServicePort
from .probes import ProbeSpec
from .repeats import repeated, repeats
from .sources import field_reference_problems, source_problems

__all__ = [
    "asks_for",
    "device_problems",
    "environment_problems",
    "mount_problems",
    "port_problems",
    "probe_problems",
    "request_problems",
    "volume_problems",
]


_RESOURCES = ("cpu", "memory", "ephemeral-storage")
"""What every node has and a container may ask for."""


def port_problems(ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield repeated names, container ports and Service ports; the same number may serve two protocols."""
    names = [port.name for port in ports]
    numbers = [port.container_port for port in ports]
    exposed = [port.service_port or port.container_port for port in ports]
    if len(set(names)) == len(set(numbers)) == len(set(exposed)) == len(ports):
        return  # no number twice, not even with another protocol
    yield from repeated(names, field="name", at=("ports",))
    protocols = [port.protocol for port in ports]
    yield from _repeated_numbers("containerPort", [*zip(numbers, protocols, strict=True)])
    if any(port.service_port is not None for port in ports):
        yield from _repeated_numbers("servicePort", [*zip(exposed, protocols, strict=True)])


def _repeated_numbers(field: str, numbers: Sequence[tuple[int, str]]) -> Iterator[Problem]:
    for index, earlier in repeats(numbers):
        number, protocol = numbers[index]
        yield Problem(("ports", index, field), f"{number}/{protocol} is used twice", also=("ports", earlier))


def probe_problems(probe: ProbeSpec, at: str, ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield what is wrong with the *probe* in the field *at* of a container that listens on *ports*."""
    socket = probe.tcp_socket
    asked = probe.port if socket is None else socket.port
    if asked is not None:
        for port in ports:
            # a name is no number: at most one of the two can be meant
            if asked in (port.name, port.container_port) and port.protocol == "TCP":
                break
        else:
            tcp = [port for port in ports if port.protocol == "TCP"]
            known = listed([port.name if isinstance(asked, str) else port.container_port for port in tcp])
            place = (at, "port") if socket is None else (at, "tcpSocket", "port")
            yield Problem(place, f"{shown(asked)} is not a declared TCP port, declared are {known}")
    if at != "readinessProbe" and probe.success_threshold not in (None, 1):
        yield Problem((at, "successThreshold"), f"must be 1 here, got {probe.success_threshold}")


def environment_problems(env: Sequence[EnvVar], env_from: Sequence[EnvFromSource], at: Path = ()) -> Iterator[Problem]:
    """Yield repeated and illegal names, and variables with no or several sources."""
    first: dict[str, int] = {}
    for index, variable in enumerate(env):
        name, source = variable.name, variable.value_from
        if (earlier := first.setdefault(name, index)) != index:
            yield Problem((*at, "env", index, "name"), f"{shown(name)} is used twice", also=(*at, "env", earlier))
        if not _names_variable(name):
            yield Problem((*at, "env", index, "name"), f"must be printable ASCII without '=', got {shown(name)}")
        if source is not None:
            if variable.value:
                yield Problem((*at, "env", index), "must have value or valueFrom, got both")
            yield from source_problems(source, (*at, "env", index, "valueFrom"))
            yield from field_reference_problems(source, (*at, "env", index, "valueFrom"))
    for index, bulk in enumerate(env_from):
        yield from source_problems(bulk, (*at, "envFrom", index), beside="prefix")


@lru_cache(maxsize=8192)
def _names_variable(name: str) -> bool:
    return name != "" and "=" not in name and name.isascii() and name.isprintable()


def volume_problems(volumes: Sequence[Volume]) -> Iterator[Problem]:
    """Yield repeated names, and volumes with no or several sources."""
    if len(volumes) > 1:
        yield from repeated([volume.name for volume in volumes], field="name", at=("volumes",))
    for index, volume in enumerate(volumes):
        yield from source_problems(volume, ("volumes", index), beside="name")
        if volume.projected:
            for number, part in enumerate(volume.projected.sources or ()):
                yield from source_problems(part, ("volumes", index, "projected", "sources", number))


def mount_problems(mounts: Sequence[VolumeMount], volumes: Sequence[Volume], at: Path = ()) -> Iterator[Problem]:
    """Yield mounts of unknown volumes, two mounts at one path, and paths that no container takes."""
    yield from _unknown_volumes([mount.name for mount in mounts], volumes, (*at, "volumeMounts"))
    first: dict[str, int] = {}
    for index, mount in enumerate(mounts):
        if not mount.mount_path or ":" in mount.mount_path:
            message = f"must be a path without ':', got {shown(mount.mount_path)}"
            yield Problem((*at, "volumeMounts", index, "mountPath"), message)
        if mount.sub_path or mount.sub_path_expr:
            yield from _part_problems(mount, (*at, "volumeMounts", index))
        if (earlier := first.setdefault(mount.mount_path, index)) != index:
            yield Problem(
                (*at, "volumeMounts", index, "mountPath"),
                f"{shown(mount.mount_path)} is used twice",
                also=(*at, "volumeMounts", earlier),
            )


def device_problems(devices: Sequence[VolumeDevice], volumes: Sequence[Volume], at: Path) -> Iterator[Problem]:
    """Yield *devices* of unknown volumes."""
    return _unknown_volumes([device.name for device in devices], volumes, (*at, "volumeDevices"))


def _unknown_volumes(names: Sequence[str], volumes: Sequence[Volume], at: Path) -> Iterator[Problem]:
    known = dict.fromkeys(volume.name for volume in volumes)
    for index, name in enumerate(names):
        if name not in known:
            message = f"{shown(name)} is not a volume, declared are {listed(known)}"
            yield Problem((*at, index, "name"), message)


def _part_problems(mount: VolumeMount, at: Path) -> Iterator[Problem]:
    """Yield what is wrong with the part of a volume that *mount* shows."""
    if mount.sub_path and mount.sub_path_expr:
        yield Problem(at, "must have subPath or subPathExpr, got both")
    for field, path in (("subPath", mount.sub_path), ("subPathExpr", mount.sub_path_expr)):
        if path and (path.startswith("/") or ".." in path.split("/")):
            yield Problem((*at, field), f"must be relative and contain no '..', got {shown(path)}")


def request_problems(resources: ResourceRequirements, at: Path = ("resources",)) -> Iterator[Problem]:
    """Yield requests above their limits, and what no container can ask for."""
    if resources.claims:
        message = "needs resourceClaims of the pod, which cannot be declared here; leave it out"
        yield Problem((*at, "claims"), message)
    requests, limits = resources.requests or {}, resources.limits or {}
    for field, amounts in (("requests", requests), ("limits", limits)):
        for name, amount in amounts.items():
            if problem := _amount_problem(name, amount):
                yield Problem((*at, field, name), problem)
    for name, request in requests.items():
        limit = limits.get(name)
        if limit is not None and _exceeds(request, limit):
            yield Problem((*at, "requests", name), f"must not exceed the limit ({limit}), got {request}")


def asks_for(name: str, resources: ResourceRequirements | None) -> bool:
    """Tell whether *resources* request *name*; the API server takes a limit without a request for the request."""
    return resources is not None and (name in (resources.requests or ()) or name in (resources.limits or ()))


@lru_cache(maxsize=4096)
def _amount_problem(name: str, amount: str) -> str:
    if name not in _RESOURCES and not name.startswith("hugepages-") and (key_problem(name) or "/" not in name):
        known = ", ".join(_RESOURCES)
        return f"must be one of {known}, hugepages-<size> or a device such as nvidia.com/gpu, got {shown(name)}"
    return f"must not be negative, got {amount}" if quantity_value(amount) < 0 else ""


@lru_cache(maxsize=4096)
def _exceeds(request: str, limit: str) -> bool:
    return request != limit and quantity_value(request) > quantity_value(limit)
