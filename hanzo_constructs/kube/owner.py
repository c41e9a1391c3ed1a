"""Who a child belongs to: the few facts about a resource that every builder needs."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Owner"]


@dataclass(frozen=True, slots=True)
class Owner:
    """Name, namespace and labels of the resource a child is derived from."""

    name: str
    namespace: str | None
    """None: the children carry no namespace."""
    labels: dict[str, str]
    """Labels of every child."""
    pod_labels: dict[str, str]
    """Labels of the pods; they contain `selector`."""
    selector: dict[str, str]
    """What selects the pods; the same in every epoch and for ever."""
