"""Who may reach pods, and what programs may do with the API: where a change allows more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...kube.manifest import Manifest
from ..changes import ObjectChange
from ..consequence import Consequence, Effect, Sets
from .reading import mapping, mappings, spec_of

__all__ = ["access_widened"]

_ROLES = ("Role", "ClusterRole")
_BINDINGS = ("RoleBinding", "ClusterRoleBinding")


def access_widened(change: ObjectChange, _: Sets) -> Iterator[Consequence]:
    """Say where more is allowed than before."""
    if change.kind == "NetworkPolicy":
        yield from _network_policy(change)
    elif change.kind in _ROLES:
        yield from _role(change)
    elif change.kind in _BINDINGS:
        if more := _added(change, "subjects"):
            yield Consequence(Effect.ACCESS, f"gives its role to {', '.join(_subject(each) for each in more)} too")
    elif change.kind == "ServiceAccount":
        if change.new and _mounts(change.new) and not (change.old and _mounts(change.old)):
            yield Consequence(Effect.ACCESS, "pods that run as it get a token of the API, unless they say otherwise")
    elif change.kind == "Namespace" and change.both:
        yield from _namespace(*change.both)


def _network_policy(change: ObjectChange) -> Iterator[Consequence]:
    if change.old is None:
        return
    if change.new is None or change.renamed_from:
        if change.new is None:
            yield Consequence(Effect.ACCESS, "is removed: pods that no other policy selects are open to all")
        return
    old, new = (spec_of(each) for each in (change.old, change.new))
    for direction, field, words in (("Ingress", "ingress", "lets in"), ("Egress", "egress", "lets out to")):
        if direction in _types(old) and direction not in _types(new):
            yield Consequence(Effect.ACCESS, f"does not restrict {field} any more")
        elif direction in _types(old):
            yield from _wider(mappings(old.get(field)), mappings(new.get(field)), words)
    if change.changed("spec", "podSelector"):
        yield Consequence(
            Effect.ACCESS, "selects other pods: those that it leaves are open, unless another policy selects them"
        )


def _wider(old: list[Any], new: list[Any], words: str) -> Iterator[Consequence]:
    """Yield what the rules *new* allow beyond the rules *old*: peers, by port, where one is all of them."""
    before = {pair for rule in old for pair in _pairs(rule)}
    more = sorted({pair for rule in new for pair in _pairs(rule)} - before)
    allowed = [
        (peer, port)
        for peer, port in more
        if not before & {("everybody", port), (peer, "any port"), ("everybody", "any port")}
    ]
    if allowed:
        yield Consequence(Effect.ACCESS, f"{words} {'; '.join(f'{peer} on {port}' for peer, port in allowed)}")


def _pairs(rule: Any) -> Iterator[tuple[str, str]]:
    peers = mappings(rule.get("from") or rule.get("to"))
    ports = mappings(rule.get("ports"))
    for peer in [*map(_peer, peers)] or ["everybody"]:
        for port in [*map(_port, ports)] or ["any port"]:
            yield peer, port


def _peer(peer: Any) -> str:
    if block := peer.get("ipBlock"):
        excepted = f" but {', '.join(block['except'])}" if block.get("except") else ""
        return f"{block.get('cidr')}{excepted}"
    words = []
    for field, what in (("podSelector", "pods"), ("namespaceSelector", "namespaces")):
        if field in peer:
            words.append(f"{what} {_selector(peer[field])}")
    return " in ".join(words) or "everybody"


def _selector(selector: Any) -> str:
    labels = mapping(mapping(selector).get("matchLabels"))
    expressions = mappings(mapping(selector).get("matchExpressions"))
    found = [f"{key}={value}" for key, value in sorted(labels.items())]
    found += [json.dumps(each, sort_keys=True) for each in expressions]
    return ",".join(found) or "of any kind"


def _port(port: Any) -> str:
    number = port.get("port", "any port")
    end = f"-{port['endPort']}" if "endPort" in port else ""
    protocol = port.get("protocol", "TCP")
    return f"{number}{end}" if protocol == "TCP" else f"{number}{end}/{protocol}"


def _types(spec: Any) -> set[str]:
    return set(spec.get("policyTypes") or (["Ingress", "Egress"] if spec.get("egress") else ["Ingress"]))


def _role(change: ObjectChange) -> Iterator[Consequence]:
    new = {each for rule in mappings((change.new or {}).get("rules")) for each in _permissions(rule)}
    old = {each for rule in mappings((change.old or {}).get("rules")) for each in _permissions(rule)}
    if more := sorted(new - old):
        yield Consequence(Effect.ACCESS, f"allows {', '.join(more)}")


def _permissions(rule: Any) -> Iterator[str]:
    names = f" named {', '.join(rule['resourceNames'])}" if rule.get("resourceNames") else ""
    for verb in rule.get("verbs") or ():
        for group in rule.get("apiGroups") or ("",):
            for resource in rule.get("resources") or ():
                yield f"{verb} {resource}{f'.{group}' if group else ''}{names}"
        yield from (f"{verb} {url}" for url in rule.get("nonResourceURLs") or ())


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
