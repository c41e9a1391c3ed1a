"""The smallest resource of those that become the same objects: a field is left out where nothing changes without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...kube.manifest import Manifest
from .workload_fields import known_fields

__all__ = ["shrunk"]

_NEVER_DERIVED = frozenset(
    (
        "affinity",
        "annotations",
        "args",
        "command",
        "containerSecurityContext",
        "dnsConfig",
        "env",
        "envFrom",
        "hostAliases",
        "image",
        "imagePullSecrets",
        "initContainers",
        "nodeSelector",
        "overlay",
        "resources",
        "schedule",
        "securityContext",
        "sidecars",
        "tolerations",
        "topologySpreadConstraints",
        "volumeMounts",
        "volumes",
    )
)
"""Fields that nothing is derived for, so that leaving them out need not be tried."""
_WHOLE = frozenset(
    ("hosts", "rules", "behavior", "metrics", "selector", "annotations", "lifecycle", "httpHeaders", "exec")
)
"""Fields that are tried as a whole alone."""
_REQUIRED = frozenset(("containerPort", "maxReplicas", "name", "path", "size"))
"""Fields that are needed wherever they stand in a block."""
_DERIVED_LABELS = "app.kubernetes.io/"
"""How labels begin that may be derived."""
_Steps = tuple[str | int, ...]


def shrunk(
    resource: Manifest, manifests: list[Manifest], manifests_of: Callable[[Manifest], list[Manifest] | None]
) -> Manifest:
    """Return *resource*, which becomes *manifests*, without fields that change nothing; *manifests_of* compiles."""
    found = resource
    image = found["spec"]["image"]
    if "pullPolicy" in image:
        smaller = {**found, "spec": {**found["spec"], "image": {**image}}}
        del smaller["spec"]["image"]["pullPolicy"]
        found = smaller if manifests_of(smaller) == manifests else found
    for steps in [*_places(resource["spec"], ())]:
        if not _is_there(found["spec"], steps):
            continue
        smaller = {**found, "spec": _without(found["spec"], steps)}
        if manifests_of(smaller) == manifests:
            found = smaller
    order = [*known_fields(resource["kind"])]
    spec = {key: found["spec"][key] for key in order if key in found["spec"]}
    return {**found, "spec": _in_short(spec)}


def _places(value: Any, at: _Steps) -> Iterator[_Steps]:
    """Yield the places of fields that may be left out, a block before what is in it."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, dict):
                yield from _places(item, (*at, index))
        return
    for key, item in value.items():
        if _is_kept(key, at):
            continue
        yield (*at, key)
        if isinstance(item, dict | list) and key not in _WHOLE and len(at) < 3:
            yield from _places(item, (*at, key))


def _is_kept(key: str, at: _Steps) -> bool:
    """Tell whether the field *key* at *at* is not derived from anything."""
    if not at:
        return key in _NEVER_DERIVED
    if at[-1] == "labels":
        return not key.startswith(_DERIVED_LABELS)
    return key in _REQUIRED and at != ("adopt",)


def _is_there(value: Any, steps: _Steps) -> bool:
    for step in steps:
        if isinstance(value, dict) and step not in value:
            return False
        value = value[step]
    return True


def _without(value: Any, steps: _Steps) -> Any:
    """Return *value* without what stands at *steps*, and without blocks that are empty then."""
    first, *rest = steps
    if isinstance(value, list):
        return [_without(item, tuple(rest)) if index == first else item for index, item in enumerate(value)]
    if rest:
        inner = _without(value[first], tuple(rest))
        if inner:
            return {**value, first: inner}
    return {key: item for key, item in value.items() if key != first}


def _in_short(spec: Manifest) -> Manifest:
    """Return *spec* with the image in one line where that says it."""
    image = spec.get("image")
    if not isinstance(image, dict) or "pullPolicy" in image:
        return spec
    tag = f":{image['tag']}" if "tag" in image else ""
    digest = f"@{image['digest']}" if "digest" in image else ""
    return {**spec, "image": f"{image['repository']}{tag}{digest}"}
