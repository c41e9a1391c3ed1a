"""What is derived for pods selects these pods, by the labels that their resource gives them for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...errors import Finding
from ...kube.fields import field_path
from ..objects import Object
from ..selecting import shown_requirements

__all__ = ["own_pod_findings"]

_PLACES = {
    "Service": ("spec", "selector"),
    "PodDisruptionBudget": ("spec", "selector", "matchLabels"),
    "NetworkPolicy": ("spec", "podSelector", "matchLabels"),
}
"""Where labels of pods stand."""


def own_pod_findings(obj: Object) -> Iterator[Finding]:
    """Yield labels that select other pods than those of the workload whose name the object bears, or of any, without one.

    A policy that bears the name of the resource is for all of its pods, of whichever workload. What the user has patched is
    left alone.
    """
    own, origin, path = obj.own, obj.origin, _PLACES[obj.kind]
    if own is None or not origin.pristine:
        return
    selector: Any = obj.manifest
    for step in path:
        selector = selector.get(step) or {}
    named = None if origin.name_field else next((each for each in own.pods if each.name == origin.name), None)
    is_for_all = named is None or (obj.kind == "NetworkPolicy" and origin.name == own.owner.name)
    shared = own.owner.selector if is_for_all else None
    if not (selector and selector == shared) and all(
        selector != each.selector for each in ([named] if named else own.pods)
    ):
        which = " or ".join(
            shown_requirements(tuple(each.selector.items())) for each in ([named] if named else own.pods)
        )
        asked = shown_requirements(tuple(selector.items()))
        yield Finding(f"must select pods of its resource ({which or 'it has none'}), got {asked}", field_path(path))
