"""What a label selector asks of labels.

https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["Requirements", "matches", "requirements"]

Requirements = tuple[tuple[str, str] | tuple[str, str, tuple[str, ...]], ...]
"""What labels must be like: (key, value), or (key, operator, values); all must hold."""


def requirements(selector: Mapping[str, Any] | None) -> Requirements:
    """Return what the LabelSelector *selector* asks for; nothing when it is empty."""
    if not selector:
        return ()
    asked = tuple((selector.get("matchLabels") or {}).items())
    expressions = selector.get("matchExpressions")
    if not expressions:
        return asked
    return asked + tuple((each["key"], each["operator"], tuple(each.get("values") or ())) for each in expressions)


def matches(labels: Mapping[str, str], asked: Requirements) -> bool:
    """Tell whether *labels* meet all that is *asked*."""
    for requirement in asked:
        if len(requirement) == 2:
            met = labels.get(requirement[0]) == requirement[1]
        else:
            key, operator, values = requirement
            if operator in {"In", "NotIn"}:
                met = (labels.get(key) in values) == (operator == "In")
            else:
                met = (key in labels) == (operator == "Exists")
        if not met:
            return False
    return True
