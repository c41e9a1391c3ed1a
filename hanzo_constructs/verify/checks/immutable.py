"""What can never be changed depends on nothing that changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ...errors import Finding
from ...kube.fields import field_path, shown
from ...kube.owner import Owner
from ..objects import Object
from ..selecting import matches, requirements, shown_requirements

__all__ = ["immutable_findings", "template_label_findings"]


def immutable_findings(obj: Object) -> Iterable[Finding]:
    """Return selectors and claim templates that a later release would have to change."""
    if obj.own is None or "selector" not in obj.spec:
        return ()
    found: list[Finding] = []
    selector = (obj.spec["selector"] or {}).get("matchLabels") or {}
    if selector != obj.own.owner.selector:
        found += _changing_selector(selector, obj.own.owner)
    if "volumeClaimTemplates" in obj.spec:
        found += _changing_claims(obj.spec["volumeClaimTemplates"] or (), obj.own.owner)
    return found


def _changing_selector(selector: dict[str, str], owner: Owner) -> Iterator[Finding]:
    for key, value in owner.selector.items():
        if selector.get(key) != value:
            message = (
                f"must be {shown(value)} for ever: a selector can never be changed, got {shown(selector.get(key))}"
            )
            yield Finding(message, field_path(("spec", "selector", "matchLabels", key)))
    for key in selector:
        if key in owner.labels and key not in owner.selector:
            message = "must not stand in a selector, which can never be changed: the label may change with any release"
            yield Finding(message, field_path(("spec", "selector", "matchLabels", key)))


def _changing_claims(claims: Iterable[dict[str, Any]], owner: Owner) -> Iterator[Finding]:
    for index, claim in enumerate(claims):
        for field in ("labels", "annotations"):
            for key, value in (claim["metadata"].get(field) or {}).items():
                if owner.selector.get(key) != value:
                    message = (
                        "must not stand in a claim template, which can never be changed: it may change with any release"
                    )
                    yield Finding(message, field_path(("spec", "volumeClaimTemplates", index, "metadata", field, key)))


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
