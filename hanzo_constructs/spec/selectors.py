"""Rules for label selectors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..kube.fields import Path
from ..kube.model import Problem
from ..kube.names import key_problem, label_problems, label_value_problem

if TYPE_CHECKING:
    from ..kube.core import LabelSelector

__all__ = ["selector_problems"]


def selector_problems(selector: LabelSelector, at: Path) -> Iterator[Problem]:
    """Yield what no API server takes in *selector* (apimachinery, `ValidateLabelSelector`)."""
    for path, message in label_problems(selector.match_labels or {}):
        yield Problem((*at, "matchLabels", *path), message)
    for index, requirement in enumerate(selector.match_expressions or ()):
        place = (*at, "matchExpressions", index)
        if problem := key_problem(requirement.key):
            yield Problem((*place, "key"), problem)
        if requirement.operator in ("Exists", "DoesNotExist"):
            if requirement.values:
                yield Problem((*place, "values"), f"must be left out beside operator {requirement.operator}")
        elif not requirement.values:
            yield Problem((*place, "values"), f"must not be empty beside operator {requirement.operator}")
        for number, value in enumerate(requirement.values or ()):
            if problem := label_value_problem(value):
                yield Problem((*place, "values", number), problem)
