"""What follows from a change: one function for each concern, in a table to which others can be added."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..changes import ObjectChange
from ..consequence import Consequence, Sets
from .access import access_widened
from .content import content
from .disruption import disruption
from .exposure import surface
from .immutable import refused
from .pod_security import pod_security_lowered
from .pods import restarts
from .presence import presence
from .scale import scaled
from .storage import data_at_risk

__all__ = ["RULES", "Rule"]

Rule = Callable[[ObjectChange, Sets], Iterable[Consequence]]
"""Takes a changed object and both sets, and yields what follows."""

RULES: tuple[Rule, ...] = (
    data_at_risk,
    refused,
    presence,
    surface,
    access_widened,
    pod_security_lowered,
    restarts,
    scaled,
    disruption,
    content,
)
"""Every rule; an object of which none says anything gets what `otherwise` says."""
