"""Rules for where pods run: tolerations, affinity and topology spread.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `ValidateTolerations`, `validateAffinity` and
`validateTopologySpreadConstraints`. What a server takes and a scheduler never finds a node for is refused too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ...kube.fields import Path, shown
from ...kube.model import Problem
from ...kube.names import dns_label_problem, key_problem, label_value_problem, object_name_problem
from ..repeats import repeats
from ..selectors import selector_problems

if TYPE_CHECKING:
    from ...kube.core import (
        Affinity,
        LabelSelector,
        NodeSelectorRequirement,
        NodeSelectorTerm,
        PodAffinityTerm,
        Toleration,
        TopologySpreadConstraint,
    )

__all__ = ["affinity_problems", "spread_problems", "toleration_problems"]

_INTEGER = re.compile(r"-?[0-9]{1,18}\Z", re.ASCII)
_PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"


def toleration_problems(tolerations: Sequence[Toleration]) -> Iterator[Problem]:
    """Yield tolerations that match no taint, or that contradict themselves."""
    for index, toleration in enumerate(tolerations):
        at: Path = ("tolerations", index)
        operator = toleration.operator or "Equal"
        if toleration.key and (problem := key_problem(toleration.key)):
            yield Problem((*at, "key"), problem)
        if operator in ("Gt", "Lt"):
            message = f"must be Equal or Exists: no Kubernetes so far compares taints by default, got {operator}"
            yield Problem((*at, "operator"), message)
        elif not toleration.key and operator != "Exists":
            yield Problem((*at, "operator"), f"must be Exists without a key, which means every taint, got {operator}")
        if operator == "Exists" and toleration.value:
            yield Problem((*at, "value"), "must be left out beside operator Exists")
        elif operator == "Equal" and toleration.value and (problem := label_value_problem(toleration.value)):
            yield Problem((*at, "value"), problem)
        if toleration.toleration_seconds is not None and toleration.effect != "NoExecute":
            given = toleration.effect or "none"
            yield Problem((*at, "effect"), f"must be NoExecute beside tolerationSeconds, got {given}")


def affinity_problems(affinity: Affinity) -> Iterator[Problem]:
    """Yield terms of *affinity* that no server takes, or that nothing matches."""
    if (nodes := affinity.node_affinity) is not None:
        at: Path = ("affinity", "nodeAffinity")
        if (required := nodes.required_during_scheduling_ignored_during_execution) is not None:
            place = (*at, _REQUIRED, "nodeSelectorTerms")
            if not required.node_selector_terms:
                yield Problem(place, "required: at least one term")
            for index, term in enumerate(required.node_selector_terms):
                yield from _node_problems(term, (*place, index), required=True)
        for index, weighted in enumerate(nodes.preferred_during_scheduling_ignored_during_execution or ()):
            yield from _node_problems(weighted.preference, (*at, _PREFERRED, index, "preference"), required=False)
    for field, pods in (("podAffinity", affinity.pod_affinity), ("podAntiAffinity", affinity.pod_anti_affinity)):
        if pods is None:
            continue
        for index, wanted in enumerate(pods.required_during_scheduling_ignored_during_execution or ()):
            yield from _pod_problems(wanted, ("affinity", field, _REQUIRED, index))
        for index, each in enumerate(pods.preferred_during_scheduling_ignored_during_execution or ()):
            yield from _pod_problems(each.pod_affinity_term, ("affinity", field, _PREFERRED, index, "podAffinityTerm"))


def _node_problems(term: NodeSelectorTerm, at: Path, *, required: bool) -> Iterator[Problem]:
    """Yield what is wrong with *term*; values of a preferred one may be those that no label has, as a server sees it."""
    if not term.match_expressions and not term.match_fields:
        yield Problem(at, "matches no node; write matchExpressions or matchFields")
    for index, requirement in enumerate(term.match_expressions or ()):
        place = (*at, "matchExpressions", index)
        if problem := key_problem(requirement.key):
            yield Problem((*place, "key"), problem)
        yield from _operand_problems(requirement, place)
        for number, value in enumerate(requirement.values or () if required else ()):
            if problem := label_value_problem(value):
                yield Problem((*place, "values", number), problem)
    for index, requirement in enumerate(term.match_fields or ()):
        yield from _field_problems(requirement, (*at, "matchFields", index))


def _field_problems(requirement: NodeSelectorRequirement, at: Path) -> Iterator[Problem]:
    """Yield what is wrong with *requirement* of a field of the node."""
    if requirement.key != "metadata.name":
        yield Problem((*at, "key"), f"must be metadata.name, got {shown(requirement.key)}")
    if requirement.operator not in ("In", "NotIn"):
        yield Problem((*at, "operator"), f"must be In or NotIn for a field, got {requirement.operator}")
    elif len(requirement.values or ()) != 1:
        yield Problem((*at, "values"), f"must be one name of a node, got {len(requirement.values or ())}")
    for number, value in enumerate(requirement.values or ()):
        if problem := object_name_problem(value):
            yield Problem((*at, "values", number), problem)


def _operand_problems(requirement: NodeSelectorRequirement, at: Path) -> Iterator[Problem]:
    """Yield values that do not go with the operator of *requirement*."""
    operator, values = requirement.operator, requirement.values or ()
    if operator in ("Exists", "DoesNotExist"):
        if values:
            yield Problem((*at, "values"), f"must be left out beside operator {operator}")
    elif operator in ("Gt", "Lt"):
        if len(values) != 1 or not _INTEGER.match(values[0]):
            given = shown(values[0]) if len(values) == 1 else f"{len(values)} values"
            yield Problem((*at, "values"), f"must be one integer beside operator {operator}, got {given}")
    elif not values:
        yield Problem((*at, "values"), f"must not be empty beside operator {operator}")


def _pod_problems(term: PodAffinityTerm, at: Path) -> Iterator[Problem]:
    """Yield what is wrong with *term*, by which pods are near each other or far."""
    yield from _topology_problems(term.topology_key, at)
    for field, selector in (("labelSelector", term.label_selector), ("namespaceSelector", term.namespace_selector)):
        if selector is not None:
            yield from selector_problems(selector, (*at, field))
    if term.label_selector is None:
        yield Problem((*at, "labelSelector"), "required: without it the term matches no pod")
    for index, namespace in enumerate(term.namespaces or ()):
        if problem := dns_label_problem(namespace):
            yield Problem((*at, "namespaces", index), problem)
    yield from _key_problems(term.match_label_keys or (), term.label_selector, (*at, "matchLabelKeys"))
    for index, key in enumerate(term.mismatch_label_keys or ()):
        if problem := key_problem(key):
            yield Problem((*at, "mismatchLabelKeys", index), problem)
        if key in (term.match_label_keys or ()):
            yield Problem((*at, "mismatchLabelKeys", index), f"{shown(key)} is one of matchLabelKeys too")


def spread_problems(constraints: Sequence[TopologySpreadConstraint]) -> Iterator[Problem]:
    """Yield *constraints* that no server takes, or that count no pod."""
    field = "topologySpreadConstraints"
    for index, constraint in enumerate(constraints):
        at: Path = (field, index)
        yield from _topology_problems(constraint.topology_key, at)
        if constraint.min_domains is not None and constraint.when_unsatisfiable != "DoNotSchedule":
            message = f"needs whenUnsatisfiable DoNotSchedule, got {constraint.when_unsatisfiable}"
            yield Problem((*at, "minDomains"), message)
        if constraint.label_selector is None:
            yield Problem((*at, "labelSelector"), "required: without it the constraint counts no pod")
        else:
            yield from selector_problems(constraint.label_selector, (*at, "labelSelector"))
        yield from _key_problems(constraint.match_label_keys or (), constraint.label_selector, (*at, "matchLabelKeys"))
    for index, earlier in repeats([(each.topology_key, each.when_unsatisfiable) for each in constraints]):
        twice = f"{shown(constraints[index].topology_key)} with {constraints[index].when_unsatisfiable} is used twice"
        yield Problem((field, index, "topologyKey"), twice, related=(field, earlier))


def _topology_problems(key: str, at: Path) -> Iterator[Problem]:
    if problem := key_problem(key) if key else "required: the key of a label of nodes, such as kubernetes.io/hostname":
        yield Problem((*at, "topologyKey"), problem)


def _key_problems(keys: Iterable[str], selector: LabelSelector | None, at: Path) -> Iterator[Problem]:
    """Yield *keys* whose values are taken from the pod that is placed, and that the *selector* asks for itself."""
    asked = (
        {*(selector.match_labels or ()), *(each.key for each in selector.match_expressions or ())} if selector else ()
    )
    for index, key in enumerate(keys):
        if problem := key_problem(key):
            yield Problem((*at, index), problem)
        elif key in asked:
            yield Problem((*at, index), f"{shown(key)} is asked for by the labelSelector too")
