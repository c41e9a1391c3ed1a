"""Who may reach pods, and what programs may do with the API: where a change allows more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...kube.manifest import Manifest
from ..changes import ObjectChange
from ..consequence import Consequence, Effect, Sets
from .network_policies import network_policy_widened
from .reading import mapping, mappings

__all__ = ["access_widened"]

_ROLES = ("Role", "ClusterRole")
_BINDINGS = ("RoleBinding", "ClusterRoleBinding")
_ADMISSION = tuple(
    f"{kind}.admissionregistration.k8s.io"
    for kind in ("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration")
)


def access_widened(change: ObjectChange, _: Sets) -> Iterator[Consequence]:
    """Say where more is allowed than before."""
    if change.kind in {"NetworkPolicy", "CiliumNetworkPolicy"}:
        yield from network_policy_widened(change)
    elif change.kind in _ROLES:
        yield from _role(change)
    elif change.kind in _BINDINGS:
        yield from _binding(change)
    elif change.kind == "ServiceAccount":
        if change.new and _mounts(change.new) and not (change.old and _mounts(change.old)):
            yield Consequence(Effect.ACCESS, "pods that run as it get a token of the API, unless they say otherwise")
    elif change.kind in _ADMISSION and change.new is None:
        yield Consequence(Effect.ACCESS, "is removed: what it refused is admitted")
    elif change.kind == "Namespace" and change.both:
        yield from _namespace(*change.both)


def _role(change: ObjectChange) -> Iterator[Consequence]:
    new = {each for rule in mappings((change.new or {}).get("rules")) for each in _permissions(rule)}
    old = {each for rule in mappings((change.old or {}).get("rules")) for each in _permissions(rule)}
    if more := sorted(each.words for each in new - old if not any(other.covers(each) for other in old)):
        yield Consequence(Effect.ACCESS, f"allows {', '.join(more)}")


class _Permission(NamedTuple):
    """One thing that a role allows: a verb on a resource of the API, or on a URL."""

    verb: str
    resource: str
    group: str
    name: str = ""
    """Of one object; empty: of all."""
    is_url: bool = False

    @property
    def words(self) -> str:
        return f"{self.verb} {self.resource}{f'.{self.group}' if self.group else ''}{f' named {self.name}' if self.name else ''}"

    def covers(self, other: _Permission) -> bool:
        """Tell whether *other* is allowed by this one, as the authorizer of Kubernetes reads the asterisks."""
        _, _, part = other.resource.partition("/")
        resources = {"*", other.resource, *([f"*/{part}"] if part and not self.is_url else ())}
        is_below = self.is_url and self.resource.endswith("*") and other.resource.startswith(self.resource[:-1])
        return (
            self.is_url == other.is_url
            and self.verb in ("*", other.verb)
            and self.group in ("*", other.group)
            and (self.resource in resources or is_below)
            and self.name in ("", other.name)
        )


def _permissions(rule: Any) -> Iterator[_Permission]:
    for verb in rule.get("verbs") or ():
        for group in rule.get("apiGroups") or ("",):
            for resource in rule.get("resources") or ():
                for name in rule.get("resourceNames") or ("",):
                    yield _Permission(str(verb), str(resource), str(group), str(name))
        yield from (_Permission(str(verb), str(url), "", is_url=True) for url in rule.get("nonResourceURLs") or ())


def _binding(change: ObjectChange) -> Iterator[Consequence]:
    if more := _added(change, "subjects"):
        yield Consequence(Effect.ACCESS, f"gives its role to {', '.join(_subject(each) for each in more)} too")
    if change.both and change.changed("roleRef"):
        role = mapping(change.both[1].get("roleRef"))
        yield Consequence(Effect.ACCESS, f"gives another role: {role.get('kind')} {role.get('name')}")


def _added(change: ObjectChange, field: str) -> list[Any]:
    old = (change.old or {}).get(field) or []
    return [each for each in mappings((change.new or {}).get(field)) if each not in old]


def _subject(subject: Any) -> str:
    place = f"{subject['namespace']}/" if subject.get("namespace") else ""
    return f"{subject.get('kind')} {place}{subject.get('name')}"


def _mounts(account: Manifest) -> bool:
    return account.get("automountServiceAccountToken") is not False


_ENFORCE = "pod-security.kubernetes.io/enforce"
_LEVELS = ("privileged", "baseline", "restricted")


def _namespace(old: Manifest, new: Manifest) -> Iterator[Consequence]:
    before, after = (mapping(each["metadata"].get("labels")).get(_ENFORCE, _LEVELS[0]) for each in (old, new))
    if before in _LEVELS and after in _LEVELS and _LEVELS.index(after) < _LEVELS.index(before):
        yield Consequence(Effect.ACCESS, f"admits pods of the level {after}, and before only those of {before}")
