"""Environment variables: a name once in a container, and set before it is referred to."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.expansion import References, unresolved
from ...kube.fields import Path, field_path, shown
from ..objects import Object

__all__ = ["environment_findings", "reference_findings"]


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


def reference_findings(obj: Object) -> Iterator[Finding]:
    """Yield references to variables that are set later, or by nothing, so that they stay text."""
    links = obj.pod.spec.get("enableServiceLinks") is not False
    for path, container, *_ in obj.pod.containers:
        env = [(variable["name"], variable.get("value")) for variable in container.get("env") or ()]
        words: list[tuple[Path, str]] = [
            ((field, index), word)
            for field in ("command", "args")
            for index, word in enumerate(container.get(field) or ())
        ]
        words += [
            (("volumeMounts", index, "subPathExpr"), mount.get("subPathExpr") or "")
            for index, mount in enumerate(container.get("volumeMounts") or ())
        ]
        references = References(env, words, (), bool(container.get("envFrom")), links)
        for place, message in unresolved(references):
            yield Finding(message, field_path((*path, *place)), severity="warning")
