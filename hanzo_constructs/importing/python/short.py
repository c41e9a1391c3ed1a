"""The spec of a resource in the short forms that people write: an image as its reference, variables and ports by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...kube.manifest import Manifest
from ...spec.short_forms import image_of, ports_of, variables_of

__all__ = ["short_spec"]

_CONTAINERS = ("sidecars", "initContainers")


def short_spec(spec: Manifest) -> Manifest:
    """Return *spec*, in short forms wherever these mean the same."""
    short = {field: _short_field(field, value) for field, value in spec.items()}
    for field in _CONTAINERS:
        if isinstance(containers := spec.get(field), list):
            short[field] = [_short_container(each) for each in containers]
    return short


def _short_field(field: str, value: Any) -> Any:
    if field == "image" and isinstance(value, dict):
        return _if_same(_reference(value), value, image_of)
    return _short_list(field, value)


def _short_container(container: Any) -> Any:
    if not isinstance(container, dict):
        return container
    return {field: _short_list(field, value) for field, value in container.items()}


def _short_list(field: str, value: Any) -> Any:
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        return value
    if field == "env":
        return _if_same({each.get("name"): _variable(each) for each in value}, value, variables_of)
    if field == "ports":
        return _if_same({each.get("name"): _port(each) for each in value}, value, ports_of)
    return value


def _if_same(short: Any, value: Any, long: Callable[[object], object]) -> Any:
    """Return *short*, or *value* where that is not what the former stands for."""
    try:
        same = long(short)
    except Exception:  # noqa: BLE001 - what is no short form of anything is refused in several ways
        return value
    return short if _exactly(same, value) else value


def _exactly(one: Any, other: Any) -> bool:
    """Tell whether two values are the same, of the same types, whatever the order of keys."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_exactly(item, other[key]) for key, item in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_exactly, one, other))
    return type(one) is type(other) and one == other


def _reference(image: Manifest) -> str:
    tag, digest = image.get("tag"), image.get("digest")
    return (
        f"{image.get('repository')}{f':{tag}' if tag is not None else ''}{f'@{digest}' if digest is not None else ''}"
    )


def _variable(variable: Manifest) -> Any:
    rest = {key: value for key, value in variable.items() if key != "name"}
    return next(iter(rest.values())) if rest.keys() in ({"value"}, {"valueFrom"}) else rest


def _port(port: Manifest) -> Any:
    rest = {key: value for key, value in port.items() if key != "name"}
    return rest["containerPort"] if rest.keys() == {"containerPort"} else rest
