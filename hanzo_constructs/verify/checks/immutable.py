"""What can never be changed depends on nothing that changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType
from typing import Any

from ...errors import Finding
from ...kube.fields import field_path, listed, shown
from ...kube.kinds import KINDS
from ...kube.owner import Pods
from ..objects import Object
from ..selecting import matches, requirements, shown_requirements

__all__ = ["immutable_findings", "template_label_findings"]


def immutable_findings(obj: Object) -> Iterable[Finding]:
    """Return selectors and claim templates that a later release would have to change."""
    own, origin = obj.own, obj.origin
    if own is None:
        return ()
    if (pods := own.workload(origin.name)) is None:  # a user may patch the name
        names = listed([each.workload for each in own.pods])
        message = f"must be the name of pods that the resource declares, declared are {names}"
        return [Finding(message, "metadata.name")] if origin.pristine else []
    found: list[Finding] = []
    for field in KINDS[obj.kind].immutable:
        if field in obj.spec and (changing := _CHANGING.get(field)):
            found += changing(obj.spec[field], pods)
    return found


def _changing_selector(written: dict[str, Any] | None, pods: Pods) -> Iterator[Finding]:
    selector = (written or {}).get("matchLabels") or {}
    for key, value in pods.selector.items():
        if selector.get(key) != value:
            message = (
                f"must be {shown(value)} for ever: a selector can never be changed, got {shown(selector.get(key))}"
            )
            yield Finding(message, field_path(("spec", "selector", "matchLabels", key)))
    for key in selector:
        if (key in pods.labels or key in pods.owner.labels) and key not in pods.selector:
            message = "must not stand in a selector, which can never be changed: the label may change with any release"
            yield Finding(message, field_path(("spec", "selector", "matchLabels", key)))


def _changing_claims(claims: Iterable[dict[str, Any]] | None, pods: Pods) -> Iterator[Finding]:
    for index, claim in enumerate(claims or ()):
        for field in ("labels", "annotations"):
            for key, value in (claim["metadata"].get(field) or {}).items():
                if pods.claim_labels.get(key) != value:
                    message = (
                        "must not stand in a claim template, which can never be changed: it may change with any release"
                    )
                    yield Finding(message, field_path(("spec", "volumeClaimTemplates", index, "metadata", field, key)))


_CHANGING: MappingProxyType[str, Callable[[Any, Pods], Iterator[Finding]]] = MappingProxyType(
    {"selector": _changing_selector, "volumeClaimTemplates": _changing_claims}
)
"""How an immutable field that holds labels is looked at."""


def template_label_findings(obj: Object) -> Iterator[Finding]:
    """Yield selectors that the workload's own pods do not meet; the API server refuses them."""
    selector = obj.spec.get("selector")
    if not selector:
        return
    labels = obj.pod.labels
    for key, value in (selector.get("matchLabels") or {}).items():
        if labels.get(key) != value:
            message = f"must be a label of the pod template, which has {shown(labels.get(key))}, got {shown(value)}"
            yield Finding(message, field_path(("spec", "selector", "matchLabels", key)))
    for index, expression in enumerate(selector.get("matchExpressions") or ()):
        asked = requirements({"matchExpressions": [expression]})
        if not matches(labels, asked):
            message = f"is not met by the labels of the pod template, got {shown_requirements(asked)}"
            yield Finding(message, field_path(("spec", "selector", "matchExpressions", index)))
