"""The shapes that fields of a service have, as the Compose Specification says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...kube.fields import Path, type_shown
from ..notes import Notes

__all__ = ["have_right_shapes"]

_SHAPES: Mapping[tuple[str, ...], tuple[type, ...]] = {
    **dict.fromkeys(
        (
            *(("cap_add",), ("cap_drop",), ("configs",), ("expose",), ("group_add",), ("links",), ("ports",)),
            *(("profiles",), ("secrets",), ("security_opt",), ("volumes",)),
        ),
        (list,),
    ),
    **dict.fromkeys(
        (("annotations",), ("depends_on",), ("environment",), ("extra_hosts",), ("labels",), ("networks",)),
        (list, dict),
    ),
    **dict.fromkeys((("env_file",), ("tmpfs",)), (str, list)),
    **dict.fromkeys((("deploy",), ("deploy", "resources"), ("healthcheck",)), (dict,)),
}
"""Each field whose items are read; null is as if it was left out."""

_OF_NAMES = ("depends_on", "links", "networks", "profiles")
"""Fields whose items are names, where they are lists."""


def have_right_shapes(service: str, body: Mapping[str, Any], notes: Notes) -> bool:
    """Tell whether the fields in the *body* of a *service* are lists and mappings where they must be; note those that are not."""
    wrong = [(path, value, types) for path, value, types in _judged(body) if not isinstance(value, types)]
    for path, value, types in wrong:
        expected = " or ".join(type_shown(each()) for each in types)
        notes.error(("services", service, *path), f"expected {expected}, got {type_shown(value)}")
    return not wrong


def _judged(body: Mapping[str, Any]) -> Iterator[tuple[Path, Any, tuple[type, ...]]]:
    """Yield what is there of the fields that have one shape: where it is, its value, and the types that it may have."""
    for path, types in _SHAPES.items():
        if (value := _at(body, path)) is not None:
            yield path, value, types
    for field in _OF_NAMES:
        for index, name in enumerate(body[field] if isinstance(body.get(field), list) else ()):
            yield (field, index), name, (str,)
    networks = body.get("networks")
    for name in networks if isinstance(networks, dict) else ():
        if (aliases := _at(body, ("networks", name, "aliases"))) is not None:
            yield ("networks", name, "aliases"), aliases, (list,)


def _at(body: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = body
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value
