"""The rules of the platform as ValidatingAdmissionPolicies, so that a cluster asks what compiling asks.

The text of an expression is the same in both, and so is what `object` means: one resource, or one object.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, get_args

from ..epochs import EPOCHS
from ..kube.kinds import KINDS, KubernetesKind
from ..kube.labels import MANAGED_BY, NAMESPACE
from ..kube.manifest import Manifest, present
from ..platform import Platform
from ..platform_rules import PlatformRule
from ..platform_rules.judge import holds_in
from ..platform_rules.rule import kind_key
from ..spec.kinds import kind_named, kind_names
from ..spec.resource import EPOCH_ANNOTATION
from .overlay_policy import OVERLAY, overlay_expression, overlay_kinds

__all__ = ["SINCE", "Policies", "admission_policies", "deprecation_policy"]

SINCE = 30
"""Kubernetes 1.30 has ValidatingAdmissionPolicies of version v1."""
_API_VERSION = "admissionregistration.k8s.io/v1"
_ITS_OWN = ("kube-system", "kube-public", "kube-node-lease")
"""Namespaces of Kubernetes itself, in which no policy of a company may stop anything."""
_KNOWN = {kind_key(row.api_version, row.name): row for row in KINDS.values()}


class Policies(NamedTuple):
    """What of the rules a cluster can ask."""

    manifests: list[Manifest]
    """A policy and a binding for each rule."""
    left_out: list[tuple[str, str]]
    """The names of the other rules, and why a cluster cannot ask them."""


class _Asked(NamedTuple):
    """A kind as an API server knows it."""

    group: str
    version: str
    plural: str


def admission_policies(platform: Platform) -> Policies:
    """Return the rules of *platform*, and its setting `overlay`, as objects for a cluster."""
    found = Policies([], [])
    for rule in platform.rules_:
        if reason := _unaskable(rule, platform):
            found.left_out.append((rule.name, reason))
        else:
            found.manifests.extend(_of_rule(rule, platform))
    if platform.overlay != "allow":
        if platform.output == "resources":
            found.manifests.extend(_of_overlays(platform))
        else:
            found.left_out.append((OVERLAY, _NO_RESOURCES))
    return found


_NO_RESOURCES = "is asked of resources, and output is children, so that no cluster gets to see one"


def _unaskable(rule: PlatformRule, platform: Platform) -> str:
    """Say why no cluster can ask *rule*; nothing where one can."""
    if rule.match.set_:
        return "is asked of the set, and a cluster admits one object at a time"
    if rule.match.resources and platform.output == "children":
        return _NO_RESOURCES
    if rule.match.objects and not all(holds_in(rule, epoch) for epoch in EPOCHS):
        return f"holds from epoch {rule.epoch} on, and objects do not say in which epoch their resource is"
    return ""


def _of_rule(rule: PlatformRule, platform: Platform) -> Iterator[Manifest]:
    """Yield the policy and the binding of *rule*."""
    match = rule.match
    names = kind_names() if "*" in match.resources else match.resources
    asked = [*(_resource_asked(name, platform) for name in names), *map(_object_asked, match.objects)]
    validation = {
        "expression": rule.expression,
        "message": rule.message,
        # A cluster would show it the values of Secrets.
        "messageExpression": None if "Secret" in match.objects else rule.message_expression,
        "reason": rule.reason,
    }
    policy = _policy(rule.name, platform, asked, [present(validation)])
    if rule.epoch and match.resources:
        policy["spec"]["matchConditions"] = [{"name": "epoch", "expression": _epoch_condition(rule, platform)}]
    yield policy
    yield _binding(rule.name, platform, "Deny" if rule.severity == "error" else "Warn")


def _of_overlays(platform: Platform) -> Iterator[Manifest]:
    """Yield the policy and the binding of the setting `overlay`."""
    opened = () if isinstance(platform.overlay, str) else platform.overlay
    asked = [_resource_asked(name, platform) for name in overlay_kinds()]
    message = f"the setting overlay of the platform opens {', '.join(opened) or 'nothing'}"
    yield _policy(OVERLAY, platform, asked, [{"expression": overlay_expression(opened), "message": message[:1024]}])
    yield _binding(OVERLAY, platform, "Deny")


def deprecation_policy(platform: Platform) -> list[Manifest]:
    """Return a policy, and its binding, that warns whoever applies a resource with a field that is deprecated."""
    blocks = sorted({block for name in kind_names() for block in _switched(name)})
    validations = [
        {
            "expression": f"!object.spec.?{block}.?enabled.hasValue()",
            "message": f"spec.{block}.enabled is deprecated: a block that is written is on; leave it, or the block, out",
        }
        for block in blocks
    ]
    asked = [_resource_asked(name, platform) for name in kind_names() if any(_switched(name))]
    policy = _policy("deprecated-fields", platform, asked, validations)
    policy["spec"]["failurePolicy"] = "Ignore"  # nothing depends on a warning
    return [policy, _binding("deprecated-fields", platform, "Warn")]


def _switched(name: str) -> Iterator[str]:
    """Yield the blocks in the spec of the kind *name* that still take `enabled`."""
    spec = kind_named(name).model.model_fields["spec"].annotation
    for field, info in getattr(spec, "model_fields", {}).items():
        if any(
            "enabled" in getattr(each, "model_fields", ()) for each in (info.annotation, *get_args(info.annotation))
        ):
            yield str(info.alias or field)


def _epoch_condition(rule: PlatformRule, platform: Platform) -> str:
    epochs = ", ".join(f"'{epoch}'" for epoch in EPOCHS if holds_in(rule, epoch))
    return f"object.metadata.?annotations[?'{EPOCH_ANNOTATION}'].orValue('{platform.epoch}') in [{epochs}]"


def _resource_asked(name: str, platform: Platform) -> _Asked:
    kind = kind_named(name)
    group, _, version = kind.api_version(platform).partition("/")
    return _Asked(group, version, kind.plural)


def _object_asked(name: str) -> _Asked:
    if row := _KNOWN.get(name):
        return _Asked(row.group, row.version, row.plural)
    group, _, kind = name.rpartition("/")
    return _Asked(group, "*", KubernetesKind(kind, group).plural)


def _metadata(name: str, platform: Platform) -> dict[str, Any]:
    return {"name": f"{name}.{platform.api_group}", "labels": {MANAGED_BY: platform.managed_by}}


def _policy(name: str, platform: Platform, asked: Sequence[_Asked], validations: list[dict[str, Any]]) -> Manifest:
    by_version: dict[tuple[str, str], list[str]] = {}
    for each in asked:
        by_version.setdefault((each.group, each.version), []).append(each.plural)
    rules = [
        {
            "apiGroups": [group],
            "apiVersions": [version],
            "operations": ["CREATE", "UPDATE"],
            "resources": sorted(plurals),
        }
        for (group, version), plurals in sorted(by_version.items())
    ]
    return {
        "apiVersion": _API_VERSION,
        "kind": "ValidatingAdmissionPolicy",
        "metadata": _metadata(name, platform),
        "spec": {
            "failurePolicy": "Fail",
            "matchConstraints": {"resourceRules": rules},
            "validations": validations,
        },
    }


def _binding(name: str, platform: Platform, action: str) -> Manifest:
    selector = {"key": NAMESPACE, "operator": "NotIn", "values": [*_ITS_OWN]}
    return {
        "apiVersion": _API_VERSION,
        "kind": "ValidatingAdmissionPolicyBinding",
        "metadata": _metadata(name, platform),
        "spec": {
            "policyName": f"{name}.{platform.api_group}",
            "validationActions": [action],
            "matchResources": {"namespaceSelector": {"matchExpressions": [selector]}},
        },
    }
