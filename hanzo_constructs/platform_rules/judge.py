"""Which rules are broken: by a resource, by an object that is written, or by all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..cel import CelError, compiled
from ..epochs import EPOCHS
from ..errors import Finding
from ..kube.fields import has_credentials
from ..kube.manifest import Manifest
from .rule import VARIABLES, PlatformRule, kind_key

__all__ = ["broken_by_object", "broken_by_resource", "broken_by_set", "holds_in"]

_HIDDEN = ("data", "stringData")
"""Fields of a Secret whose values no message gets to see."""


def broken_by_resource(rules: Sequence[PlatformRule], kind: str, resource: Manifest, epoch: str) -> Iterator[Finding]:
    """Yield the rules that a *resource* of *kind*, which lives in *epoch*, breaks."""
    asked = [each for each in rules if each.match.takes_resource(kind) and holds_in(each, epoch)]
    return _broken(asked, resource)


def broken_by_object(rules: Sequence[PlatformRule], manifest: Manifest, epoch: str) -> Iterator[Finding]:
    """Yield the rules that an object which is written, of a resource in *epoch*, breaks."""
    key = kind_key(str(manifest.get("apiVersion")), str(manifest.get("kind")))
    return _broken([each for each in rules if key in each.match.objects and holds_in(each, epoch)], manifest)


def broken_by_set(
    rules: Sequence[PlatformRule], resources: Iterable[Manifest], objects: Iterable[Manifest], epoch: str
) -> Iterator[Finding]:
    """Yield the rules that all *resources* and *objects* together break, on a platform of *epoch*."""
    asked = [each for each in rules if each.match.set_ and holds_in(each, epoch)]
    judged = {"resources": [*resources], "objects": [*objects]} if asked else {}
    for rule in asked:
        yield from (finding.at(rule.where) for finding in _broken([rule], judged))


def holds_in(rule: PlatformRule, epoch: str) -> bool:
    """Tell whether *rule* holds in *epoch*."""
    order = [*EPOCHS]
    return rule.epoch is None or order.index(epoch) >= order.index(rule.epoch)


def _broken(rules: Iterable[PlatformRule], judged: Mapping[str, Any]) -> Iterator[Finding]:
    for rule in rules:
        try:
            holds = compiled(rule.expression, VARIABLES).value(object=judged)
        except CelError as error:
            yield Finding(f"rule {rule.name} cannot be asked: {error}")
            continue
        if holds is False:
            yield Finding(f"rule {rule.name}: {_message(rule, judged)}", severity=rule.severity)
        elif holds is not True:
            yield Finding(f"rule {rule.name} cannot be asked: expression must be true or false")


def _message(rule: PlatformRule, judged: Mapping[str, Any]) -> str:
    if rule.message_expression is None:
        return rule.message
    try:
        said = compiled(rule.message_expression, VARIABLES).value(object=_without_secrets(judged))
    except CelError:
        return rule.message
    if not isinstance(said, str) or not said.strip() or "\n" in said or len(said) > 1024 or has_credentials(said):
        return rule.message
    return said


def _without_secrets(judged: Any) -> Any:
    """Return *judged* without the values of Secrets in it, so that no text can hold one."""
    if isinstance(judged, list):
        return [*map(_without_secrets, judged)]
    if not isinstance(judged, dict):
        return judged
    if judged.get("kind") != "Secret":
        return {key: _without_secrets(value) for key, value in judged.items()}
    return {key: dict.fromkeys(value or (), "...") if key in _HIDDEN else value for key, value in judged.items()}
