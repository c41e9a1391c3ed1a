"""Environment variables: a name once in a container, and set before it is referred to."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.expansion import References, unresolved
from ...kube.fields import Path, field_path
from ...kube.invalid import worded
from ...spec.repeats import repeated
from ..objects import Object

__all__ = ["environment_findings", "reference_findings"]


def environment_findings(obj: Object) -> Iterator[Finding]:
    """Yield names that stand twice in the env of a container; server-side apply refuses them."""
    for path, container, *_ in obj.pod.containers:
        names = [variable["name"] for variable in container.get("env") or ()]
        for problem in repeated(names, field="name", at=("env",)):
            yield Finding(worded(problem), field_path((*path, *problem.path)), severity=obj.origin.severity)


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
