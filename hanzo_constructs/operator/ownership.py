"""Which objects are a resource's: what is written on its children, and whose an object is that stands at the place of one."""

from __future__ import annotations

import hashlib
import json
from typing import Any, NamedTuple

from ..children.persistent_volume_claim import KEPT
from ..kube.manifest import Manifest
from .client import ObjectRef, ref_of

__all__ = [
    "APPLIED_ANNOTATION",
    "FORCE_ANNOTATION",
    "MANAGER",
    "OWNER_LABEL",
    "RESOURCE_ANNOTATION",
    "TAKE_OVER_ANNOTATION",
    "Subject",
    "digest_of",
    "forced_managers",
    "is_kept",
    "is_owned",
    "marked",
    "owned_fields",
    "stranger",
]

MANAGER = "hanzo-operator"
"""The field manager of everything that the operator applies."""
OWNER_LABEL = "operator.hanzo.ai/owner"
"""Label of a child: the uid of its resource."""
RESOURCE_ANNOTATION = "operator.hanzo.ai/resource"
"""Annotation of a child: its resource, as `Service.hanzo.ai shop/api`."""
APPLIED_ANNOTATION = "operator.hanzo.ai/applied"
"""Annotation of a child: a hash of what was applied."""
TAKE_OVER_ANNOTATION = "hanzo.ai/take-over"
"""Annotation of a resource: `true` where its children may be objects that somebody else made."""
FORCE_ANNOTATION = "hanzo.ai/force-conflicts"
"""Annotation of a resource: names of field managers, with commas between, whose fields the operator takes over."""

_SAME_MAKER = ("app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "app.kubernetes.io/name")
"""Labels that say, together, that an object was derived by this compiler for a resource of one name."""
_KEEPERS = {
    "meta.helm.sh/release-name": "the Helm release",
    "argocd.argoproj.io/tracking-id": "the Argo CD application",
    "kustomize.toolkit.fluxcd.io/name": "the Flux Kustomization",
}
"""Labels and annotations by which tools mark what they keep in step with something else."""


class Subject(NamedTuple):
    """A resource in the cluster, as far as its children name it."""

    ref: ObjectRef
    uid: str

    @classmethod
    def of(cls, resource: Manifest) -> Subject:
        """Return what children name *resource* by, which was read from a cluster."""
        return cls(ref_of(resource), resource["metadata"]["uid"])

    def __str__(self) -> str:
        """Name the resource as its children do: `Service.hanzo.ai shop/api`."""
        return f"{self.ref.kind}.{self.ref.group} {self.ref.namespace}/{self.ref.name}"

    @property
    def reference(self) -> dict[str, Any]:
        """The owner reference by which the cluster removes the children with the resource, or before it if it is asked to."""
        return {
            "apiVersion": self.ref.api_version,
            "kind": self.ref.kind,
            "name": self.ref.name,
            "uid": self.uid,
            "controller": True,
            "blockOwnerDeletion": True,
        }


def digest_of(manifest: Manifest) -> str:
    """Return a hash of *manifest*, whatever the order of its keys."""
    text = json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def marked(manifest: Manifest, subject: Subject) -> Manifest:
    """Return *manifest* as it is applied for *subject*: with its marks, and an owner reference unless it outlives that."""
    metadata = manifest["metadata"]
    annotations = {**metadata.get("annotations", {}), RESOURCE_ANNOTATION: str(subject)}
    found: Manifest = {
        **manifest,
        "metadata": {
            **metadata,
            "namespace": subject.ref.namespace,
            "labels": {**metadata.get("labels", {}), OWNER_LABEL: subject.uid},
            "annotations": annotations,
            **({} if is_kept(manifest) else {"ownerReferences": [subject.reference]}),
        },
    }
    annotations[APPLIED_ANNOTATION] = digest_of(found)
    return found


def is_kept(manifest: Manifest) -> bool:
    """Tell whether *manifest* is a claim that stays when nobody declares it any more (`retentionPolicy: Retain`)."""
    annotations = manifest["metadata"].get("annotations") or {}
    return manifest["kind"] == "PersistentVolumeClaim" and all(
        annotations.get(key) == value for key, value in KEPT.items()
    )


def is_owned(live: Manifest, subject: Subject) -> bool:
    """Tell whether *live* proves to be a child of *subject*: by its label, and by its annotation."""
    metadata = live["metadata"]
    return (metadata.get("labels") or {}).get(OWNER_LABEL) == subject.uid and (metadata.get("annotations") or {}).get(
        RESOURCE_ANNOTATION
    ) == str(subject)


def owned_fields(live: Manifest) -> dict[str, Any] | None:
    """Return the fields of *live* that the operator owns, as `fieldsV1` has them."""
    for each in live["metadata"].get("managedFields") or ():
        if each.get("manager") == MANAGER and each.get("operation") == "Apply" and not each.get("subresource"):
            fields: dict[str, Any] = each.get("fieldsV1", {})
            return fields
    return None


def stranger(live: Manifest, wanted: Manifest, subject: Subject) -> str:
    """Say who has *live*, which stands where *wanted* is to be applied for *subject*; empty where it is its own.

    Its own is also what was derived for a resource of its name: one that was deleted since, or a file.
    """
    metadata = live["metadata"]
    labels, annotations = metadata.get("labels") or {}, metadata.get("annotations") or {}
    if (resource := annotations.get(RESOURCE_ANNOTATION)) is not None:
        return "" if resource == str(subject) else f"is derived from {resource} already"
    for reference in metadata.get("ownerReferences") or ():
        if reference.get("controller"):
            return f"is controlled by {reference['kind']} {reference['name']}"
    for key, keeper in _KEEPERS.items():
        if name := annotations.get(key) or labels.get(key):
            return f"is kept by {keeper} {name}"
    own = wanted["metadata"].get("labels") or {}
    if all(own.get(key) and own[key] == labels.get(key) for key in _SAME_MAKER):
        return ""
    return "was made by somebody else"


def forced_managers(resource: Manifest) -> tuple[str, ...]:
    """Return the field managers whose fields *resource* asks to take over."""
    text: str = (resource["metadata"].get("annotations") or {}).get(FORCE_ANNOTATION, "")
    return tuple(name.strip() for name in text.split(",") if name.strip())
