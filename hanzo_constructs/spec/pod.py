"""Rules between the fields of a pod's containers, volumes and ports, for every kind that runs pods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..kube.core import Container, EnvFromSource, EnvVar, ResourceRequirements, Volume, VolumeMount
from ..kube.fields import Path, shown
from ..kube.model import Model, Problem
from ..kube.names import key_problem
from ..kube.quantity import quantity_value
from .ports import ServicePort
from .probes import ProbeSpec
from .repeats import repeated, repeats

__all__ = [
    "asks_for",
    "container_problems",
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
    yield from repeated([port.name for port in ports], field="name", at=("ports",))
    numbers = [f"{port.container_port}/{port.protocol}" for port in ports]
    for index, earlier in repeats(numbers):
        yield Problem(("ports", index, "containerPort"), f"{numbers[index]} is used twice", also=("ports", earlier))
    if all([port.service_port is None for port in ports]):
        return
    numbers = [f"{port.exposed_port}/{port.protocol}" for port in ports]
    for index, earlier in repeats(numbers):
        yield Problem(("ports", index, "servicePort"), f"{numbers[index]} is used twice", also=("ports", earlier))


def probe_problems(probe: ProbeSpec, at: str, ports: Sequence[ServicePort]) -> Iterator[Problem]:
    """Yield what is wrong with the *probe* in the field *at* of a container that listens on *ports*."""
    if (reference := probe.port_reference) is not None:
        place, asked = reference
        for port in ports:
            # a name is no number: at most one of the two can be meant
            if asked in (port.name, port.container_port) and port.protocol == "TCP":
                break
        else:
            known = ", ".join(
                str(port.name if isinstance(asked, str) else port.container_port)
                for port in ports
                if port.protocol == "TCP"
            )
            yield Problem((at, *place), f"{shown(asked)} is not a declared TCP port, declared are {known or 'none'}")
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
            if (sources := _not_one_source(source)) is not None:
                yield Problem(
                    (*at, "env", index, "valueFrom"),
                    f"must have exactly one source, got {', '.join(sources) or 'none'}",
                )
    for index, bulk in enumerate(env_from):
        if (sources := _not_one_source(bulk, beside="prefix")) is not None:
            yield Problem(
                (*at, "envFrom", index), f"must have configMapRef or secretRef, got {' and '.join(sources) or 'none'}"
            )


@lru_cache(maxsize=8192)
def _names_variable(name: str) -> bool:
    return name != "" and "=" not in name and name.isascii() and name.isprintable()


def volume_problems(volumes: Sequence[Volume]) -> Iterator[Problem]:
    """Yield repeated names, and volumes with no or several sources."""
    yield from repeated([volume.name for volume in volumes], field="name", at=("volumes",))
    for index, volume in enumerate(volumes):
        if (sources := _not_one_source(volume, beside="name")) is not None:
            yield Problem(("volumes", index), f"must have exactly one source, got {', '.join(sources) or 'none'}")


def _not_one_source(model: Model, *, beside: str = "") -> list[str] | None:
    """Return the wire names of the sources in *model*, its fields but *beside*; None where exactly one is given."""
    wrote = model.__pydantic_fields_set__  # the default of every source is none
    given = [name for name in wrote if name != beside and getattr(model, name) is not None]
    if len(given) == 1:
        return None
    return [field.alias or name for name, field in type(model).model_fields.items() if name in given]


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
    """Yield requests above their limits, and what no container can ask for."""
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


def container_problems(containers: Sequence[Container], at: str, volumes: Sequence[Volume]) -> Iterator[Problem]:
    """Yield what is wrong with the *containers* in the list *at* (sidecars, initContainers)."""
    yield from repeated([container.name for container in containers], field="name", at=(at,))
    for index, container in enumerate(containers):
        place: Path = (at, index)
        if not container.image:
            yield Problem((*place, "image"), "required")
        yield from environment_problems(container.env or (), container.env_from or (), place)
        yield from mount_problems(container.volume_mounts or (), volumes, place)
        if container.resources:
            yield from request_problems(container.resources, (*place, "resources"))
