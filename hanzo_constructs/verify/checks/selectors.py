"""Every selector of pods means exactly its own: of the same resource, at least one workload, and never a job's pods."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path
from ...kube.kinds import WORKLOADS
from ..facts import Selection
from ..index import SetIndex
from ..objects import Origin
from ..selecting import shown_requirements

__all__ = ["selector_findings"]


def selector_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield selectors that match no pods, or other pods than they are meant for."""
    for selection in set_index.selections.values():
        found = selection.found
        only = found[0].origin.source if len(found) == 1 and not found[0].transient else None
        for origin, path in selection.users:
            if only is not origin.source:
                for message in _messages(origin, selection):
                    yield origin, Finding(message, field_path(path), severity=origin.severity)


def _messages(origin: Origin, selection: Selection) -> Iterator[str]:
    found, namespace = selection.found, selection.namespace
    asked = shown_requirements(selection.asked)
    # Policies are often written in one place for pods that come from another.
    if not found and (origin.own or origin.kind != "NetworkPolicy"):
        yield f"{asked} matches the pods of no workload{f' in {namespace}' if namespace else ''}"
    for workload in found:
        other = workload.origin
        if workload.transient:
            # A policy may well protect jobs; whatever counts on pods, or sends traffic to them, must not.
            if origin.own or (origin.kind != "NetworkPolicy" and len(found) > 1):
                yield f"{asked} matches the pods of {other.described} too, which come and go"
        elif other is not origin and (origin.kind in WORKLOADS or (origin.own and other.source is not origin.source)):
            yield f"{asked} matches the pods of {other.described} too"
