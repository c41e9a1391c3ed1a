"""What the API conventions of Kubernetes say of the models of a kind, as a table of checks, and what is waived with reasons.

The numbers are those by which the project speaks of the checks. Kinds of other packages are checked by `lint` too; their
models carry waivers as `lint_waivers: ClassVar[Mapping[str, str]]`, by check, `L14`, or by check and field, `L14 enabled`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pydantic import BaseModel

from ...platform import Platform
from ...spec.kind import Kind
from ..crd import custom_resource_definition
from .definitions import DEFINITION_CHECKS
from .fields import FIELD_CHECKS
from .subject import fields_of, models_of
from .waivers import EVERYWHERE, OF_KUBERNETES, Waived, waivers_of

__all__ = ["CHECKS", "Lint", "lint", "unused_waivers"]

CHECKS: Mapping[str, str] = dict(
    sorted([*((each.id, each.what) for each in FIELD_CHECKS), *((each.id, each.what) for each in DEFINITION_CHECKS)])
)
"""What each check asks for, by its number."""


class Lint(NamedTuple):
    """Something about a kind that is not as the conventions have it."""

    check: str
    subject: str
    """A field of a model, `Ingress.tls`, or a place in the definition of a kind, `Service.status.phase`."""
    message: str

    def __str__(self) -> str:
        return f"{self.check} {self.subject}: {self.message}"


class _Problem(NamedTuple):
    check: str
    owner: str
    place: str
    message: str
    models: tuple[type[BaseModel], ...]
    """The models that may have a waiver for it."""


def lint(kind: Kind, platform: Platform | None = None) -> Iterator[Lint]:
    """Yield what is wrong with *kind*, and not waived."""
    for each in _problems(kind, platform or Platform()):
        if each.check not in EVERYWHERE and _waiver(each) is None:
            yield Lint(each.check, f"{each.owner}.{each.place}".rstrip("."), each.message)


def unused_waivers(kinds: Iterable[Kind], platform: Platform | None = None) -> set[str]:
    """Return the waivers of the models of *kinds* that nothing asks for."""
    written: set[Waived] = set()
    used: set[Waived | None] = set()
    for kind in kinds:
        models = (kind.model, *models_of(kind))
        written |= {found for model in models for found in waivers_of(model).values()}
        used |= {_waiver(each) for each in _problems(kind, platform or Platform())}
    return {f"{each.model}: {each.key}" for each in written - used}


def _problems(kind: Kind, platform: Platform) -> Iterator[_Problem]:
    definition = custom_resource_definition(kind, platform)
    for of_all in DEFINITION_CHECKS:
        for place, message in of_all.problems(definition):
            yield _Problem(of_all.id, kind.name, place, message, (kind.model, kind.status_model))
    for model in models_of(kind):
        for field in fields_of(model):
            for check in FIELD_CHECKS:
                if not (field.is_core and check.id in OF_KUBERNETES):
                    for message in check.problems(field):
                        yield _Problem(check.id, model.__name__, field.name, message, (model,))


def _waiver(problem: _Problem) -> Waived | None:
    """Return what is waived that *problem* belongs to."""
    for model in problem.models:
        waivers = waivers_of(model)
        for key in (f"{problem.check} {problem.place}", problem.check):
            if key in waivers:
                return waivers[key]
    return None
