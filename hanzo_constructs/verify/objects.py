"""One object as the checks get it: its pods and containers, parsed once, and the resource it was derived from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple, Self

from ..kube.fields import Path
from ..kube.manifest import Manifest
from ..kube.names import label_problems
from ..kube.owner import Owner, Pods
from ..platform import Rules
from .selecting import Requirements, requirements

__all__ = ["Container", "Object", "Origin", "Own", "Pod", "Source"]


class Source(NamedTuple):
    """Where objects come from."""

    resource: str
    """`Service shop/api`; empty for objects the user wrote."""
    where: str
    """`file:line` or construct path; empty when it is not known."""


class Origin(NamedTuple):
    """An object, as findings name it after its manifest is gone."""

    order: int
    kind: str
    namespace: str
    name: str
    source: Source
    own: bool
    """Whether it was derived from a resource."""
    pristine: bool
    """Whether it is as it was derived: no patch of the user's."""
    name_field: str = ""
    """The field of the resource that holds the name, where the user chose it."""

    def __str__(self) -> str:
        """Name the object as messages do: `Deployment shop/api`."""
        name = f"{self.namespace}/{self.name}" if self.namespace else self.name
        return f"{self.kind} {name}".strip()

    @property
    def described(self) -> str:
        """The object and where it comes from: `Deployment shop/api (api.yaml:1)`."""
        return f"{self} ({self.source.where})" if self.source.where else str(self)

    @property
    def severity(self) -> Literal["error", "warning"]:
        """The severity of a rule that no cluster enforces: an error in derived objects, a warning in the user's own."""
        return "error" if self.own else "warning"


@lru_cache(maxsize=1024)
def _sound(label: tuple[str, str]) -> bool:
    return next(label_problems(dict((label,))), None) is None


class Own:
    """The resource of derived objects, which their checks compare them with."""

    __slots__ = (
        "_asked",
        "chosen_names",
        "labels",
        "level",
        "level_is_fixed",
        "owner",
        "pods",
        "scaled_from_outside",
        "sidecar_ports",
    )

    def __init__(
        self,
        owner: Owner,
        pods: Sequence[Pods],
        rules: Rules,
        chosen_names: Mapping[tuple[str, str], str],
        sidecar_ports: Sequence[tuple[int, str]],
        *,
        scaled_from_outside: bool,
    ) -> None:
        """Note the *owner* of derived objects, the *pods* of its workloads, the *rules* of the resource, and which names the user chose.

        Sidecars listen on *sidecar_ports*, whether they declare them or not. Who is *scaled_from_outside* has a number of pods that somebody else owns, who need not be in the set.
        """
        self.scaled_from_outside = scaled_from_outside
        self.owner = owner
        self.pods = pods
        self.level = rules.pod_security
        self.level_is_fixed = rules.is_fixed
        self.chosen_names = chosen_names
        self.sidecar_ports = sidecar_ports
        # Children mostly carry the same labels and select the same pods: both are looked at once.
        self.labels = owner.labels if all(map(_sound, owner.labels.items())) else {}
        self._asked = [({"matchLabels": each.selector}, tuple(each.selector.items())) for each in pods]

    def asked(self, selector: Mapping[str, Any] | None) -> Requirements:
        """Return what *selector* asks for; mostly it is that of pods of the resource."""
        for known, asked in self._asked:
            if selector == known:
                return asked
        return requirements(selector)

    def workload(self, name: str) -> Pods | None:
        """Return what the workload *name* of the resource runs."""
        return next((each for each in self.pods if each.workload == name), None)


class Container(NamedTuple):
    """A container and where it stands."""

    path: Path
    data: dict[str, Any]
    ports: list[dict[str, Any]]
    lasting: bool
    """Whether it runs as long as the pod: no init container, or one that is a sidecar."""


class Pod:
    """The pods an object runs."""

    __slots__ = ("containers", "labels", "metadata", "path", "spec", "volumes")

    @classmethod
    def of(cls, manifest: Manifest, path: Path) -> Self:
        """Return the pods of *manifest*, whose template stands at *path*."""
        template: Any = manifest
        for step in path:
            template = template.get(step) or {}
        return cls(path, template)

    def __init__(self, path: Path, template: dict[str, Any]) -> None:
        """Take apart the *template* at *path*."""
        self.metadata: dict[str, Any] = template.get("metadata") or {}
        self.labels: dict[str, str] = self.metadata.get("labels") or {}
        self.spec: dict[str, Any] = template.get("spec") or {}
        self.path = path = (*path, "spec")
        self.volumes: list[dict[str, Any]] = self.spec.get("volumes") or []
        self.containers = [
            Container((*path, "containers", index), each, each.get("ports") or [], lasting=True)
            for index, each in enumerate(self.spec.get("containers") or ())
        ]
        for index, each in enumerate(self.spec.get("initContainers") or ()):
            lasting = each.get("restartPolicy") == "Always"
            self.containers.append(Container((*path, "initContainers", index), each, each.get("ports") or [], lasting))


_NO_PODS = Pod((), {})


class Object:
    """An object, its parts and its origin; it is dropped when its checks are done."""

    __slots__ = ("kind", "manifest", "metadata", "origin", "own", "pod", "spec")

    def __init__(self, manifest: Manifest, origin: Origin, own: Own | None, template: Path | None) -> None:
        """Take *manifest* apart: *own* is None for an object of the user's, *template* where its kind runs no pods."""
        self.manifest = manifest
        self.origin = origin
        self.own = own
        self.kind = origin.kind
        self.metadata: dict[str, Any] = manifest["metadata"]
        self.spec: dict[str, Any] = manifest.get("spec") or {}
        self.pod = _NO_PODS if template is None else Pod.of(manifest, template)

    def asked(self, selector: Mapping[str, Any] | None) -> Requirements:
        """Return what *selector* asks for."""
        return self.own.asked(selector) if self.own else requirements(selector)
