"""Rules of whole resources: names, and what of the spec depends on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from ...spec.base import Base
from ...spec.datastore import Datastore
from ...spec.engines import ENGINE_ALIASES, ENGINES
from ...spec.gateway import Gateway
from ...spec.service import Service
from ...spec.stateful import Stateful
from ...spec.task import Task
from .rule import CelRule, is_on

__all__ = ["RULES", "of_engine"]

_NAME = "self.metadata.name"
_LETTER = CelRule(
    "metadata.name",
    f"!has({_NAME}) || {_NAME}.matches('^[a-z]')",
    "must begin with a letter because a Service is named after it",
)
_LONGEST_STATEFUL = 52


def _length(most: int, reason: str, when: str = "") -> CelRule:
    short = f"!has({_NAME}) || size({_NAME}) <= {most}"
    return CelRule(
        "metadata.name", f"{short} || {when}" if when else short, f"must have at most {most} characters {reason}"
    )


_PODS = "because pods are labelled with it and 11 more"
_STATEFUL = (_LETTER, _length(_LONGEST_STATEFUL, _PODS))


def of_engine(model: type[Datastore]) -> Iterator[CelRule]:
    """Yield what may be written as the engine of *model*, which a facade fixes."""
    if model.ENGINE is None:
        yield CelRule("spec.type", "has(self.spec.type)", f"required, one of {', '.join(ENGINES)}")
        return
    names = [model.ENGINE, *(alias for alias, meant in ENGINE_ALIASES.items() if meant == model.ENGINE)]
    allowed = " || ".join(f"self.spec.type == '{name}'" for name in names)
    yield CelRule(
        "spec.type", f"!has(self.spec.type) || {allowed}", f"must be {model.ENGINE}, which the kind fixes; leave it out"
    )


def _apart(field: str, name: str, message: str, own: str = _NAME, *, unless: str = "") -> CelRule:
    """Say that none of *field* has the *name*, that of an item or the item itself, of the resource."""
    free = f"!has(self.spec.{field}) || !has({_NAME}) || !self.spec.{field}.exists(each, {name} == {own})"
    return CelRule(f"spec.{field}", f"{free} || {unless}" if unless else free, message)


_ADOPTED_SERVICE = "has(self.spec.adopt) && has(self.spec.adopt.names) && 'Service' in self.spec.adopt.names"
_FURTHER = _apart("services", "each.name", "one has the resource's own name; choose another", unless=_ADOPTED_SERVICE)

RULES: Mapping[type[BaseModel], tuple[CelRule, ...]] = {
    Service: (
        _FURTHER,
        CelRule(
            "metadata.name",
            f"!has({_NAME}) || {_NAME}.matches('^[a-z]') || !has(self.spec.ports) || "
            f"!self.spec.ports.exists(port, {is_on('expose', 'port', default=True)})",
            "must begin with a letter because a Service is named after it",
        ),
    ),
    Gateway: (_LETTER, _FURTHER),
    Base: (*_STATEFUL, _FURTHER),
    Stateful: (*_STATEFUL, _FURTHER),
    Datastore: (
        *_STATEFUL,
        _FURTHER,
        _apart("serviceAliases", "each", "one is the resource's own name; leave it out", unless=_ADOPTED_SERVICE),
        _length(
            45,
            "because the CronJob <name>-backup has at most 52",
            "!has(self.spec.backup) || has(self.spec.backup.enabled) && !self.spec.backup.enabled",
        ),
    ),
    Task: (_length(52, "because its jobs are named after it and 11 more", "!has(self.spec.schedule)"),),
}
