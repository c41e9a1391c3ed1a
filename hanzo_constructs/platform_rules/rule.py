"""A rule of the company, in the words of ValidatingAdmissionPolicy."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PrivateAttr

from ..epochs import Severity, epoch_name
from ..kube.fields import suggestion
from ..kube.kinds import KINDS
from ..kube.model import CheckedModel, Items, Problem
from ..kube.names import DnsLabel

__all__ = ["VARIABLES", "PlatformRule", "RuleMatch", "kind_key"]

VARIABLES = ("object",)
"""What an expression may use: what the rule is asked of."""

_NO_ENGINE = "rules need an engine for CEL, which is not installed: pip install 'hanzo-constructs[rules]'"


def kind_key(api_version: str, kind: str) -> str:
    """Return how rules name *kind* of *api_version*: `apps/Deployment`, and `Service` of the core group."""
    group = api_version.rpartition("/")[0]
    return f"{group}/{kind}" if group else kind


_KNOWN = {kind_key(row.api_version, row.name): row for row in KINDS.values()}


class RuleMatch(CheckedModel):
    """What a rule is asked of: exactly one of the three."""

    resources: Items[str] = ()
    """Kinds of resources, such as `Service`, or `*` for all; `object` is each resource, as an operator would get it."""
    objects: Items[str] = ()
    """Kinds of objects that are written, derived or your own, with their group as in their apiVersion: "apps/Deployment",
    and `ConfigMap` of the core group; `object` is each of them."""
    set_: bool = False
    """All at once: `object.resources` and `object.objects` are lists of all of them."""

    def problems(self) -> Iterator[Problem]:
        """Refuse what would be asked of nothing."""
        given = [
            name
            for name, value in (("resources", self.resources), ("objects", self.objects), ("set", self.set_))
            if value
        ]
        if len(given) != 1:
            found = f", got {' and '.join(given)}" if given else ""
            yield Problem((), f"must have one of resources, objects and set{found}")
        for index, name in enumerate(self.objects):
            if problem := _object_problem(name):
                yield Problem(("objects", index), problem)

    def takes_resource(self, kind: str) -> bool:
        """Tell whether the rule is asked of resources of *kind*."""
        return kind in self.resources or "*" in self.resources


def _object_problem(name: str) -> str:
    """Say why *name* is no kind of objects; nothing where it may be one."""
    group, _, kind = name.rpartition("/")
    if name in _KNOWN:
        return ""
    if "." in group and not group.endswith(".k8s.io") and kind[:1].isupper() and "/" not in group:
        return ""  # somebody else's
    near = next((known for known, row in _KNOWN.items() if row.name == kind), "") or suggestion(name, _KNOWN)
    hint = f"; did you mean {near}?" if near else "; write its group too, such as apps/Deployment"
    return f"is no kind of objects{hint}"


class PlatformRule(CheckedModel):
    """What must hold on this platform, as an expression of CEL."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "cel": "expression",
        "rule": "expression",
        "matchConstraints": "match",
        "validations": "expression and message: a rule is one validation",
    }

    name: DnsLabel
    """What messages call it, and the name of its ValidatingAdmissionPolicy, before a dot and the API group."""
    match: RuleMatch
    """What it is asked of."""
    expression: str
    """What must be true, in CEL with the functions that Kubernetes adds; `object` is what the rule is asked of."""
    message: Annotated[str, Field(min_length=1, max_length=1024)]
    """What is said where it is not true: what is wrong, and what to write instead."""
    message_expression: str | None = None
    """CEL text that is said in place of `message`; where it fails, `message` is."""
    reason: Literal["Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized"] | None = None
    """The reason that a cluster gives where it refuses an object; left out, Invalid."""
    severity: Severity = "error"
    """Whether what breaks it is an error or a warning; in a cluster, whether it is denied or warned of."""
    epoch: Annotated[str, BeforeValidator(epoch_name)] | None = None
    """The epoch from which on it holds; left out, it holds in every one. What no resource is derived from has the epoch
    of the platform."""
    _where: str = PrivateAttr("")

    @property
    def where(self) -> str:
        """Where it is stated, `hanzo.yaml:12`; empty where no file states it."""
        return self._where

    def stated_at(self, where: str) -> None:
        """Note *where* the rule stands: who reads it from a file says so."""
        self._where = where

    def problems(self) -> Iterator[Problem]:
        """Refuse what is no expression, or not of the right type."""
        if "\n" in self.message:
            yield Problem(("message",), "must have one line, which Kubernetes asks for")
        for field, text, expected in (
            ("expression", self.expression, "bool"),
            ("messageExpression", self.message_expression, "string"),
        ):
            if text is not None and (problem := _expression_problem(text, expected)):
                yield Problem((field,), f"rule {self.name}: {problem}")


def _expression_problem(text: str, expected: str) -> str:
    from ..cel import CelError, compiled  # most platforms have no rules

    try:
        found = compiled(text, VARIABLES).type
    except CelError as error:
        return str(error)
    except ImportError:
        return _NO_ENGINE
    if found not in {expected, "dyn"}:
        return f"must be of type {expected}, and this is of type {found}"
    return ""
