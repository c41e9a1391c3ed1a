"""What the references of a Lattice workload stand for: addresses, claims, and the variables of secrets."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Finding
from ..kube.fields import field_path
from ..kube.owner import Owner
from ..platform import Platform
from ..spec.lattice_resources import ExternalServiceResource, LatticeResource, ServiceResource, VolumeResource
from ..spec.lattice_rules import is_secret, template_variable
from ..spec.lattice_service import LatticeService
from ..spec.placeholders import Piece, Reference
from .connections import known_of
from .links import Links
from .targets import Target, TargetPort

__all__ = ["LatticeValues"]

_UNKNOWN_PORT = TargetPort("http", 8080, "http")


class LatticeValues:
    """The values of the references in one workload."""

    def __init__(self, lattice: LatticeService, platform: Platform, links: Links, owner: Owner) -> None:
        self._resources = lattice.spec.workload.resources
        self._platform, self._owner = platform, owner
        self._namespace = lattice.metadata.namespace or platform.namespace or ""
        self._targets = links.targets.get((self._namespace, lattice.name), {})

    def text(self, reference: Reference) -> str:
        """Return what *reference* stands for; nothing for one that the rules refuse."""
        resource = self._resources.get(reference.name)
        match resource:
            case ServiceResource():
                target = self._target(reference.name, resource)
                return known_of(target, target.port(None), self._platform).get(reference.key, "")
            case ExternalServiceResource():
                return _of_external(resource, reference.key)
            case VolumeResource():
                return self.claim(reference.name)
            case _:
                return ""

    def variable(self, reference: Reference) -> str:
        """Return what a template calls *reference*, where that is a secret; else nothing."""
        return template_variable(reference) if is_secret(reference, self._resources) else ""

    def claim(self, name: str) -> str:
        """Return the claim of the volume *name*."""
        resource = self._resources[name]
        own = resource.id if isinstance(resource, VolumeResource) else None
        return own or self._owner.named(f"PersistentVolumeClaim-{name}", f"{self._owner.name}-{name}")

    def secret(self, name: str) -> str:
        """Return the Secret of the secret *name*."""
        return f"{self._owner.name}-{name}"

    def guessed(self, pieces: tuple[Piece, ...], at: tuple[str | int, ...]) -> Iterator[Finding]:
        """Yield references to ports that only the set could tell, in a text of *pieces* that stands *at* a place."""
        for piece in pieces:
            if isinstance(piece, str) or piece.key not in ("port", "url"):
                continue
            resource = self._resources.get(piece.name)
            if isinstance(resource, ServiceResource) and not self._known(piece.name, resource):
                message = f"{piece} asks for a port that nobody in the set says; {_UNKNOWN_PORT.number} is taken, that of a LatticeService which names none"
                yield Finding(message, field_path(at), severity="warning")

    def _known(self, name: str, resource: LatticeResource) -> Target | None:
        place = (resource.namespace if isinstance(resource, ServiceResource) else None) or self._namespace
        return self._targets.get(("", place, name))

    def _target(self, name: str, resource: ServiceResource) -> Target:
        if (known := self._known(name, resource)) is not None and known.ports:
            return known
        place = resource.namespace or self._namespace
        return Target("", place, name, (_UNKNOWN_PORT,), "", (), is_outside=True)


def _of_external(resource: ExternalServiceResource, key: str) -> str:
    """Return an endpoint of *resource* as it is written, or the parts of its only one."""
    if (text := resource.params.endpoints.get(key)) is not None:
        return text
    written, endpoint = next(iter(resource.params.endpoints.items()))[1], next(iter(resource.params.parsed.values()))
    parts = {"host": endpoint.host, "port": str(endpoint.port)}
    url = written if "://" in written else f"https://{written}" if endpoint.port == 443 else f"tcp://{written}"
    return (parts | {"url": url}).get(key, "")
