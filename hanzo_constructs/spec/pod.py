"""Rules between the fields of a pod's containers, volumes and ports, for every kind that runs pods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..kube.core import Container, EnvFromSource, EnvVar, ResourceRequirements, Volume, VolumeMount
from ..kube.fields import Path, shown
from ..kube.model import Problem
from ..kube.quantity import quantity_value
from .ports import ServicePort
from .probes import ProbeSpec

__all__ = [
    "container_problems",
    "environment_problems",
    "given",
    "mount_problems",
    "port_problems",
    "probe_problems",
    "repeated",
    "request_problems",
    "volume_problems",
]


def repeated(keys: Iterable[str], *, field: str, at: Path) -> Iterator[Problem]:
    """Yield a problem for each of *keys* (the *field* of one item of the list *at* a place) that came before."""
    first: dict[str, int] = {}
    for index, key in enumerate(keys):
        if (earlier := first.setdefault(key, index)) != index:
            yield Problem((*at, index, field), f"{shown(key)} is used twice", also=(*at, earlier))


def port_problems(ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield repeated names, container ports and Service ports; the same number may serve two protocols."""
    yield from repeated((port.name for port in ports), field="name", at=("ports",))
    yield from _repeated_numbers("containerPort", [(p.container_port, p.protocol) for p in ports])
    if any(port.service_port is not None for port in ports):
        yield from _repeated_numbers("servicePort", [(p.exposed_port, p.protocol) for p in ports])


def _repeated_numbers(field: str, numbers: Sequence[tuple[int, str]]) -> Iterator[Problem]:
    first: dict[tuple[int, str], int] = {}
    for index, (number, protocol) in enumerate(numbers):
        if (earlier := first.setdefault((number, protocol), index)) != index:
            message = f"{number}/{protocol} is used twice"
            yield Problem(("ports", index, field), message, also=("ports", earlier))


def probe_problems(probe: ProbeSpec, at: str, ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield what is wrong with the *probe* in the field *at* of a container that listens on *ports*."""
    if (reference := probe.port_reference) is not None:
        place, port = reference
        declared = {p.name if isinstance(port, str) else p.container_port for p in ports if p.protocol == "TCP"}
        if port not in declared:
            known = ", ".join(
                str(p.name if isinstance(port, str) else p.container_port) for p in ports if p.protocol == "TCP"
            )
            yield Problem((at, *place), f"{shown(port)} is not a declared TCP port, declared are {known or 'none'}")
    if at != "readinessProbe" and probe.success_threshold not in (None, 1):
        yield Problem((at, "successThreshold"), f"must be 1 here, got {probe.success_threshold}")


def environment_problems(env: Sequence[EnvVar], env_from: Sequence[EnvFromSource], at: Path = ()) -> Iterator[Problem]:
    """Yield repeated and illegal names, and variables with no or several sources."""
    first: dict[str, int] = {}
    for index, variable in enumerate(env):
        name, source = variable.name, variable.value_from
        if (earlier := first.setdefault(name, index)) != index:
            yield Problem((*at, "env", index, "name"), f"{shown(name)} is used twice", also=(*at, "env", earlier))
        if not name or "=" in name or not (name.isascii() and name.isprintable()):
            yield Problem((*at, "env", index, "name"), f"must be printable ASCII without '=', got {shown(name)}")
        if source is not None:
            if variable.value:
                yield Problem((*at, "env", index), "must have value or valueFrom, got both")
            if len(sources := given(source)) != 1:
                yield Problem(
                    (*at, "env", index, "valueFrom"),
                    f"must have exactly one source, got {', '.join(sources) or 'none'}",
                )
    for index, bulk in enumerate(env_from):
        if len(sources := [name for name in given(bulk) if name != "prefix"]) != 1:
            yield Problem(
                (*at, "envFrom", index), f"must have configMapRef or secretRef, got {' and '.join(sources) or 'none'}"
            )


def volume_problems(volumes: Sequence[Volume]) -> Iterator[Problem]:
    """Yield repeated names, and volumes with no or several sources."""
    yield from repeated((volume.name for volume in volumes), field="name", at=("volumes",))
    for index, volume in enumerate(volumes):
        if len(sources := [name for name in given(volume) if name != "name"]) != 1:
            yield Problem(("volumes", index), f"must have exactly one source, got {', '.join(sources) or 'none'}")


def mount_problems(mounts: Sequence[VolumeMount], volumes: Sequence[Volume], at: Path = ()) -> Iterator[Problem]:
    """Yield mounts of unknown volumes, and two mounts at one path."""
    known = [volume.name for volume in volumes]
    first: dict[str, int] = {}
    for index, mount in enumerate(mounts):
        if mount.name not in known:
            yield Problem(
                (*at, "volumeMounts", index, "name"),
                f"{shown(mount.name)} is not a volume, declared are {', '.join(known) or 'none'}",
            )
        if (earlier := first.setdefault(mount.mount_path, index)) != index:
            yield Problem(
                (*at, "volumeMounts", index, "mountPath"),
                f"{shown(mount.mount_path)} is used twice",
                also=(*at, "volumeMounts", earlier),
            )


def request_problems(resources: ResourceRequirements, at: Path = ("resources",)) -> Iterator[Problem]:
    """Yield requests above their limits."""
    if not resources.requests or not resources.limits:
        return
    for name, request in resources.requests.items():
        limit = resources.limits.get(name)
        if limit is not None and request != limit and quantity_value(request) > quantity_value(limit):
            yield Problem((*at, "requests", name), f"must not exceed the limit ({limit}), got {request}")


def container_problems(containers: Sequence[Container], at: str, volumes: Sequence[Volume]) -> Iterator[Problem]:
    """Yield what is wrong with the *containers* in the list *at* (sidecars, initContainers)."""
    yield from repeated((container.name for container in containers), field="name", at=(at,))
    for index, container in enumerate(containers):
        place: Path = (at, index)
        if not container.image:
            yield Problem((*place, "image"), "required")
        yield from environment_problems(container.env or (), container.env_from or (), place)
        yield from mount_problems(container.volume_mounts or (), volumes, place)
        if container.resources:
            yield from request_problems(container.resources, (*place, "resources"))


def given(model: object) -> list[str]:
    """Return the wire names of the fields of *model* that hold something."""
    fields = type(model).model_fields  # type: ignore[attr-defined]
    return [fields[name].alias or name for name in fields if getattr(model, name) is not None]
