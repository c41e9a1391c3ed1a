"""Whether a manifest is valid, judged without our compiler: by Kubernetes' published schemas and by its rules beyond these.

What is invalid is mostly no manifest yet: a placeholder stands in place of an image, an amount or a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.kubernetes_schemas import schema_errors

from .corpus import Object, Workload

__all__ = ["invalid"]

_VERSION = "1.34"
"""Version of the schemas, the strict ones: what they do not know is refused."""
_IMAGE = re.compile(
    r"([a-zA-Z0-9][a-zA-Z0-9.-]*(:\d+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*"
    r"(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@[a-z0-9]+:[0-9a-f]{32,})?\Z"
)
"""The grammar of references: https://github.com/distribution/reference/blob/v0.6.0/regexp.go"""
_HOST = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\Z")
_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\Z")
_LABEL = re.compile(r"([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?\Z")
_QUANTITY = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?\Z")
_NAMING = {"secretName", "claimName", "priorityClassName", "serviceAccountName", "storageClassName"}
_NAMING_BLOCKS = {"secretKeyRef", "configMapKeyRef", "secretRef", "configMapRef", "configMap", "imagePullSecrets"}
"""Fields that name another object, or hold its name."""


def invalid(workload: Workload) -> str:
    """Say why no API server takes the workload or its Ingress, or no pod of it can ever start; nothing where it is valid."""
    rules = [rule for each in workload.of_kind("Ingress") for rule in each["spec"].get("rules") or ()]
    if any(rule.get("host") and not _HOST.match(rule["host"]) for rule in rules):
        return "an Ingress for a host that no name is"
    return next(_reasons(workload.manifest), "")


def _reasons(manifest: Object) -> Iterator[str]:
    spec = manifest["spec"]
    pod, template = spec["template"]["spec"], spec["template"]
    containers = [*pod["containers"], *(pod.get("initContainers") or ())]
    if any(not _IMAGE.match(str(each.get("image"))) for each in containers):
        yield "an image that is no reference"
    names = [manifest["metadata"]["name"], manifest["metadata"].get("namespace") or "x", *_names(spec)]
    if any(not _NAME.match(str(name)) for name in names):
        yield "a name that no object can have"
    if any(not _QUANTITY.match(str(amount)) for each in containers for amount in _amounts(each)):
        yield "an amount that is no quantity"
    labels = (template.get("metadata") or {}).get("labels") or {}
    if any(not _LABEL.match(str(value)) for value in labels.values()):
        yield "a label that no object can have"
    if not spec["selector"]["matchLabels"].items() <= labels.items():
        yield "a selector that does not select its own pods"
    claims = spec.get("volumeClaimTemplates") or ()
    volumes = {each.get("name") for each in pod.get("volumes") or ()} | {each["metadata"]["name"] for each in claims}
    if any(mount.get("name") not in volumes for each in containers for mount in each.get("volumeMounts") or ()):
        yield "a mount without its volume"
    requests = [((each.get("spec") or {}).get("resources") or {}).get("requests") or {} for each in claims]
    if any("storage" not in each for each in requests):
        yield "a claim without a size"
    if schema_errors(manifest, _VERSION):
        yield "a field that is unknown, missing or of another type"


def _names(value: Any, field: str = "") -> Iterator[Any]:
    """Yield the names of other objects in *value*, which stands in *field*."""
    if isinstance(value, dict):
        for key, item in value.items():
            if item and (key in _NAMING or (key == "name" and field in _NAMING_BLOCKS)):
                yield item
            else:
                yield from _names(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from _names(item, field)


def _amounts(container: Object) -> Iterator[Any]:
    resources = container.get("resources")
    for field in ("requests", "limits"):
        if isinstance(resources, dict) and isinstance(resources.get(field), dict):
            yield from resources[field].values()
