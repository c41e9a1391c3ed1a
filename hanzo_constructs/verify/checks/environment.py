"""Environment variables: a name once in a container."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path, shown
from ..objects import Object

__all__ = ["environment_findings"]


def environment_findings(obj: Object) -> Iterator[Finding]:
    """Yield names that stand twice in the env of a container; server-side apply refuses them."""
    for path, container, *_ in obj.pod.containers:
        env = container.get("env")
        if not env:
            continue
        names = [variable["name"] for variable in env]
        if len(set(names)) == len(names):
            continue
        first: dict[str, int] = {}
        for index, name in enumerate(names):
            if (earlier := first.setdefault(name, index)) < index:
                message = f"{shown(name)} is used twice (also env[{earlier}])"
                yield Finding(message, field_path((*path, "env", index, "name")), severity=obj.origin.severity)
