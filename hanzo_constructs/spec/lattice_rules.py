"""Rules between the containers of a Lattice workload and its resources: what they refer to is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import normpath

from ..kube.fields import Path, listed, shown
from ..kube.model import Problem
from .lattice_containers import LatticeContainer
from .lattice_resources import (
    ExternalServiceResource,
    GpuResource,
    LatticeResource,
    SecretResource,
    ServiceResource,
    VolumeResource,
    identifier,
)
from .placeholders import Piece, Reference

__all__ = [
    "OWN_NAMES",
    "dependency_problems",
    "is_secret",
    "known_keys",
    "reference_problems",
    "template_problems",
    "template_variable",
    "templated",
]

Containers = Mapping[str, LatticeContainer]
Resources = Mapping[str, LatticeResource]

OWN_NAMES = ("files", "secret-files", "variables")
"""What stands behind the name of a workload in the names of the objects with its texts."""
_ADDRESS = ("host", "port", "url")
_NAMED = {
    ServiceResource: "service",
    ExternalServiceResource: "external-service",
    SecretResource: "secret",
    VolumeResource: "volume",
    GpuResource: "gpu",
}


def dependency_problems(containers: Containers, resources: Resources, main: str) -> Iterator[Problem]:
    """Yield mounts of what is no volume, variables of what is no secret, paths that are taken, and GPUs in several places."""
    for name, container in containers.items():
        yield from _container_problems(("containers", name), container, resources)
    for name, resource in resources.items():
        if isinstance(resource, SecretResource | VolumeResource) and name in OWN_NAMES:
            yield Problem(("resources", name), f"{shown(name)} is a name of the platform's; choose another")
    gpus = [name for name, resource in resources.items() if isinstance(resource, GpuResource)]
    for name in gpus[1:]:
        message = f"{shown(gpus[0])} has the GPUs of the container {main} already; leave one of them out"
        yield Problem(("resources", name), message)


def _container_problems(at: Path, container: LatticeContainer, resources: Resources) -> Iterator[Problem]:
    for index, secret in enumerate(container.env_from):
        yield from _type_problems(secret, SecretResource, resources, (*at, "envFrom", index))
    taken: dict[str, Path] = {}
    for field, paths in (("files", container.files), ("volumes", container.volumes)):
        for path in paths:
            place = (*at, field, path)
            if (earlier := taken.setdefault(normpath(path), place)) != place:
                yield Problem(place, f"{shown(path)} is used twice", related=earlier)
    files = {normpath(path): (*at, "files", path) for path in container.files}
    for path, place in taken.items():
        above = next((each for each in files if path.startswith(f"{each}/")), None)
        if above is not None:
            yield Problem(place, f"{shown(place[-1])} is below {above}, which is a file", related=files[above])
    for path, mount in container.volumes.items():
        if mount.resource:
            yield from _type_problems(mount.resource, VolumeResource, resources, (*at, "volumes", path, "source"))


def _type_problems(
    name: str, wanted: type[SecretResource | VolumeResource], resources: Resources, at: Path
) -> Iterator[Problem]:
    if not isinstance(resources.get(name), wanted):
        known = [each for each, resource in resources.items() if isinstance(resource, wanted)]
        yield Problem(at, f"{shown(name)} is no {_NAMED[wanted]} of the resources; there are {listed(known)}")


def known_keys(resource: LatticeResource) -> tuple[str, ...] | None:
    """Return what a text may ask of *resource*; None where nobody here knows, as of a secret without keys."""
    match resource:
        case ServiceResource():
            return _ADDRESS if resource.is_outbound else ()
        case ExternalServiceResource():
            names = tuple(resource.params.endpoints)
            return (*names, *(key for key in _ADDRESS if key not in names)) if len(names) == 1 else names
        case SecretResource():
            return resource.params.keys
        case VolumeResource():
            return ("claim",)
        case _:
            return ()


def reference_problems(containers: Containers, resources: Resources) -> Iterator[Problem]:
    """Yield references to resources, or to parts of them, that there are not."""
    for at, pieces in _texts(containers):
        for reference in pieces:
            if isinstance(reference, Reference) and (problem := _reference_problem(reference, resources)):
                yield Problem(at, problem)


def _reference_problem(reference: Reference, resources: Resources) -> str:
    resource = resources.get(reference.name)
    if resource is None:
        return f"{reference} names a resource that there is not; there are {listed([*resources])}"
    if reference.scope == "secret" and not isinstance(resource, SecretResource):
        secrets = [name for name, each in resources.items() if isinstance(each, SecretResource)]
        return f"{reference} is no secret but a {_NAMED[type(resource)]}; secrets are {listed(secrets)}"
    keys = known_keys(resource)
    what = f"{_NAMED[type(resource)]} {shown(reference.name)}"
    if not keys and keys is not None:
        return f"{reference} asks the {what}, which has nothing to put in a text"
    if not reference.key:
        return f"{reference} lacks a key; the {what} has {listed(keys or ('the keys of the secret store',))}"
    if keys is not None and reference.key not in keys:
        return f"{reference} asks for a key that the {what} has not; it has {listed(keys)}"
    return ""


def is_secret(piece: Piece, resources: Resources) -> bool:
    """Tell whether *piece* stands for a value of a secret."""
    return isinstance(piece, Reference) and isinstance(resources.get(piece.name), SecretResource)


def templated(containers: Containers, resources: Resources) -> Iterator[tuple[Path, tuple[Piece, ...]]]:
    """Yield the texts that a secret is a part of, and where they stand: files, and variables that hold more than it."""
    for at, pieces in _texts(containers):
        whole = len(pieces) == 1 and at[2] == "variables"
        if not whole and any(is_secret(piece, resources) for piece in pieces):
            yield at, pieces


def template_variable(reference: Reference) -> str:
    """Return what a template calls the value of *reference*; it takes what begins with a digit for a number."""
    name = f"{identifier(reference.name)}_{identifier(reference.key)}"
    return f"_{name}" if name[0].isdigit() else name


def template_problems(containers: Containers, resources: Resources) -> Iterator[Problem]:
    """Yield secrets that a template would call by one name."""
    first: dict[str, Reference] = {}
    for at, pieces in templated(containers, resources):
        for piece in pieces:
            if not isinstance(piece, Reference) or not is_secret(piece, resources):
                continue
            earlier = first.setdefault(template_variable(piece), piece)
            if (earlier.name, earlier.key) != (piece.name, piece.key):
                yield Problem(
                    at, f"{piece} and {earlier} become one name, {template_variable(piece)}; rename one of them"
                )


def _texts(containers: Containers) -> Iterator[tuple[Path, tuple[Piece, ...]]]:
    for name, container in containers.items():
        for place, pieces in container.texts:
            yield ("containers", name, *place), pieces
