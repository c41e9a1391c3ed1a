"""A workload of somebody's, and the objects beside it that mean it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...kube.manifest import Manifest

__all__ = ["Workload", "object_key"]


def object_key(manifest: Manifest) -> str:
    """Return what tells *manifest* from the other objects of its namespace: `Service web`."""
    return f"{manifest['kind']} {manifest['metadata']['name']}"


@dataclass
class Workload:
    """A workload, and the objects beside it that mean it."""

    manifest: Manifest
    companions: list[Manifest] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    """Names of the Services among them that lead to pods of other workloads too."""
    aside: frozenset[str] = frozenset()
    """Keys of companions that stay objects of their own."""
    serving: frozenset[str] = frozenset()
    """Keys of headless Services that clients use too."""
    reserved: frozenset[str] = frozenset()
    """Names of the other workloads beside it."""

    @property
    def kind(self) -> str:
        """Its kind: `Deployment`."""
        return str(self.manifest["kind"])

    @property
    def name(self) -> str:
        """Its name, as others refer to it."""
        return str(self.manifest["metadata"]["name"])

    @property
    def labels(self) -> dict[str, str]:
        """The labels of its pods."""
        return dict((self.template.get("metadata") or {}).get("labels") or {})

    @property
    def selector(self) -> dict[str, str]:
        """The labels by which it finds its pods; of a Job, which finds them by a label of the cluster's, none."""
        return dict((self.manifest["spec"].get("selector") or {}).get("matchLabels") or {})

    @property
    def template(self) -> Manifest:
        """The template of its pods."""
        spec = self.manifest["spec"]
        found: Manifest = (spec["jobTemplate"]["spec"] if self.kind == "CronJob" else spec)["template"]
        return found

    @property
    def pod(self) -> Manifest:
        """The spec of its pods."""
        found: Manifest = self.template["spec"]
        return found

    def of_kind(self, kind: str) -> list[Manifest]:
        """Return its companions of *kind* that a resource may make."""
        return [each for each in self.companions if each["kind"] == kind and object_key(each) not in self.aside]
