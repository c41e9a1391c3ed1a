"""The models keep the API conventions, or a waiver says why not; each check is seen to catch a bad model."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

import pytest
from pydantic import BaseModel, Field

from hanzo_constructs.kube.model import Model
from hanzo_constructs.kube.published import Published
from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.crd import custom_resource_definition
from hanzo_constructs.schema.lint import CHECKS, lint, unused_waivers
from hanzo_constructs.schema.lint.definitions import DEFINITION_CHECKS, DefinitionCheck
from hanzo_constructs.schema.lint.fields import FIELD_CHECKS
from hanzo_constructs.schema.lint.subject import FieldSubject, fields_of
from hanzo_constructs.schema.lint.waivers import EVERYWHERE, WAIVERS, waivers_of
from hanzo_constructs.spec.kinds import KINDS

KINDS_OF_OUR_OWN = [kind for kind in KINDS.values() if not kind.of]


@pytest.mark.parametrize("kind", KINDS_OF_OUR_OWN, ids=lambda kind: kind.name)
def test_our_models_keep_the_conventions(kind: Any) -> None:
    assert [str(each) for each in lint(kind)] == []


def test_every_waiver_is_needed_and_gives_its_reason() -> None:
    assert unused_waivers(KINDS_OF_OUR_OWN) == set()
    for waivers in (EVERYWHERE, *WAIVERS.values()):
        for key, reason in waivers.items():
            assert key.partition(" ")[0] in CHECKS
            assert re.fullmatch(r"[A-Z].*\.", reason)


def test_a_waiver_stands_beside_a_model_of_another_package() -> None:
    class Block(Model):
        lint_waivers: ClassVar[Mapping[str, str]] = {"L14 on": "It is on or off."}

        on: bool = False
        """Whether it is on."""

    class Wider(Block):
        """A block with more in it."""

    assert waivers_of(Wider)["L14 on"] == ("Block", "L14 on", "It is on or off.")


class Peer(Model):
    """One of several."""

    first: int | None = None
    """The first."""


class Named(Model):
    """Told apart by a name that may be left out."""

    name: str = ""
    """The name."""
    ports: tuple[int, ...] = ()
    """Ports."""


class TargetRef(Model):
    """More than a name."""

    name: str
    """The name."""
    uid: str = ""
    """The identity."""


class Bad(Model):
    """A model in which nothing is as it should be."""

    snake_case: Annotated[int | None, Field(alias="snake_case")] = None
    """A number."""
    build: int | None = None
    """A number."""
    peers: tuple[Peer, ...] = ()
    """Peers."""
    share: float = 0.5
    """A share."""
    ready: bool = False
    """Whether it is ready."""
    blocks: dict[str, Peer] = Field(default_factory=dict)
    """Blocks by name."""
    texts: tuple[str, ...] = ()
    """Texts."""
    word: str
    """A word."""
    target_reference: str = ""
    """What is meant."""
    target_ref: TargetRef
    """What is meant."""
    since_timestamp: str = ""
    """When it began."""
    since: datetime | None = None
    """When it began."""
    undescribed: int | None = None
    mode: Literal["some-mode"] = "some-mode"
    """How it is done."""
    grace: int = 30
    """Seconds that it may take."""
    part: Annotated[str, Field(pattern="[a-z]+")] = ""
    """A part."""
    ahead: Annotated[str, Published({"pattern": "^(?=a)a$"})] = ""
    """Something that looks ahead."""
    odd: Annotated[str, Published({"format": "odd"})] = ""
    """Something odd."""


def _subject(model: type[BaseModel], name: str, **changed: Any) -> FieldSubject:
    """Return the field *name* of *model*, with what the passes would never leave so *changed* in its schema."""
    (found,) = (each for each in fields_of(model) if each.name == name)
    return found._replace(schema={**found.schema, **changed})


_LIST = {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}}
_FIELDS: list[tuple[str, FieldSubject, str]] = [
    ("L01", _subject(Bad, "snake_case"), "is not written like thisName"),
    ("L01", _subject(Bad, "build"), "is a name that cdk8s import cannot take"),
    ("L08", _subject(Bad, "texts", **{"x-kubernetes-list-type": None}), "does not say how server-side apply merges it"),
    ("L09", _subject(Bad, "peers", **_LIST, **{"x-kubernetes-list-map-keys": ["name"]}), "has the key name, which may be left out"),
    ("L09", _subject(Bad, "peers", **{"x-kubernetes-list-map-keys": ["other"]}), "has the key other, which is no scalar"),
    ("L10", _subject(Bad, "peers", **{"x-kubernetes-list-type": "set"}), "is a set of what is not told apart at a glance"),
    ("L11", _subject(Bad, "peers"), "has items of which no field is required"),
    ("L12", _subject(Bad, "share"), "is a number with a fraction, which two programs may round differently"),
    ("L13", _subject(Bad, "grace", format=None), "is an integer without int32 or int64"),
    ("L14", _subject(Bad, "ready"), "is true or false, and there may be a third way one day"),
    ("L15", _subject(Bad, "blocks"), "is a mapping to what is no string; write a list of named objects"),
    ("L16", _subject(Bad, "word", format="duration"), "has the format duration, of which every reader has another idea; write a pattern"),
    ("L17", _subject(Bad, "word", default="a"), "is required and has a default"),
    ("L19", _subject(Bad, "word"), "has no maxLength"),
    ("L19", _subject(Bad, "texts"), "has no maxItems"),
    ("L19", _subject(Bad, "blocks"), "has no maxProperties"),
    ("L20", _subject(Bad, "word"), "is required, and may be empty"),
    ("L21", _subject(Bad, "word", nullable=True), "may be null, which says no more than leaving it out"),
    ("L22", _subject(Bad, "targetReference"), "is called targetReference, and others end in Ref or Refs"),
    ("L23", _subject(Bad, "sinceTimestamp"), "is a Timestamp, and others end in Time"),
    ("L23", _subject(Bad, "since"), "is a point in time, and does not end in Time"),
    ("L24", _subject(Bad, "undescribed"), "is not described by a sentence"),
    ("L25", _subject(Bad, "mode"), "has values that are not written LikeThis: some-mode"),
    ("L26", _subject(Bad, "grace"), "counts seconds, and Seconds is not in its name"),
    ("L27", _subject(Bad, "targetRef"), "refers by uid, not by name and namespace alone"),
    ("L30", _subject(Bad, "part"), "has a pattern that matches parts of a text: [a-z]+"),
    ("L30", _subject(Bad, "ahead"), "has a pattern that RE2 does not know: ^(?=a)a$"),
    ("L30", _subject(Bad, "odd"), "has the format odd, which an API server ignores"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "field", "message"), _FIELDS, ids=lambda each: each if isinstance(each, str) else "")
def test_a_bad_field_is_caught(check: str, field: FieldSubject, message: str) -> None:
    (found,) = (each for each in FIELD_CHECKS if each.id == check)
    assert message in [*found.problems(field)]


Change = Callable[[dict[str, Any], dict[str, Any]], object]
"""Spoils a version of a definition, and what it says of resources."""


def _rule(text: str, **beside: Any) -> Change:
    rule = {"rule": text, "message": "no", **beside}
    return lambda _, schema: schema["properties"]["spec"].update({"x-kubernetes-validations": [rule]})


def _spec(schema: dict[str, Any]) -> dict[str, Any]:
    return schema["properties"]["spec"]["properties"]  # type: ignore[no-any-return]


def _status(schema: dict[str, Any]) -> dict[str, Any]:
    return schema["properties"]["status"]  # type: ignore[no-any-return]


def _phase_first(_: dict[str, Any], schema: dict[str, Any]) -> None:
    fields = _status(schema)["properties"]
    _status(schema)["properties"] = {"phase": fields["phase"], **fields}


_DEFINITIONS: list[tuple[str, Change, tuple[str, str]]] = [
    ("L02", lambda _, schema: schema.pop("required"), ("spec", "is not required")),
    ("L02", lambda _, schema: schema.update(required=["spec", "status"]), ("status", "is required, and nobody writes it into a file")),
    ("L02", lambda version, _: version.pop("subresources"), ("status", "is no subresource, so that a change of the spec may change it")),
    ("L03", lambda _, schema: _status(schema).update(required=["phase"]), ("status.phase", "is required")),
    ("L04", lambda _, schema: _status(schema)["properties"]["conditions"].pop("x-kubernetes-list-map-keys"), ("status.conditions", "is no list of conditions as Kubernetes has them, by type")),
    ("L05", _phase_first, ("status.conditions", "is not the first field of the status")),
    ("L06", lambda *_: None, ("status.phase", "says in one word what conditions say")),
    ("L07", lambda _, schema: _status(schema)["properties"].pop("observedGeneration"), ("status.observedGeneration", "is no integer of 64 bits")),
    ("L18", lambda _, schema: schema["properties"]["spec"].update(required=["nowhere"]), ("spec.nowhere", "is required, and there is no such field")),
    ("L28", lambda _, schema: _spec(schema)["backoffLimit"].update(default=1) or _rule("has(self.backoffLimit) != has(self.completions)")(_, schema), ("spec.backoffLimit", "is one of several, and always there")),
    ("L29", _rule("true", message=""), ("spec", "has a rule without a message of one line: true")),
    ("L29", _rule("quantity(self.cpu) == 1"), ("spec", "has a rule with quantity, which old API servers do not know: no")),
    ("L29", _rule("self.args.all(each, each != '')"), ("spec.args", "has no end, and a rule goes through it: no")),
    ("L31", lambda version, _: version["additionalPrinterColumns"].insert(0, {"name": "A", "type": "string", "jsonPath": ".spec.a"}), ("spec.a", "is no field, and the column A shows it")),
    ("L31", lambda version, _: version["additionalPrinterColumns"].pop(), ("metadata.creationTimestamp", "is not the last column, Age")),
]  # fmt: skip


def _of_definition(check: str) -> DefinitionCheck:
    (found,) = (each for each in DEFINITION_CHECKS if each.id == check)
    return found


@pytest.mark.parametrize(("check", "change", "problem"), _DEFINITIONS)
def test_a_bad_definition_is_caught(check: str, change: Change, problem: tuple[str, str]) -> None:
    definition = copy.deepcopy(custom_resource_definition(KINDS["Task"], Platform()))
    version = definition["spec"]["versions"][0]
    change(version, version["schema"]["openAPIV3Schema"])
    assert problem in [*_of_definition(check).problems(definition)]


def test_names_and_sizes_of_definitions() -> None:
    definition = copy.deepcopy(custom_resource_definition(KINDS["Task"], Platform()))
    definition["spec"]["names"]["shortNames"] = ["svc"]
    definition["metadata"]["annotations"] = {"a": "x" * 250_000}
    assert [*_of_definition("L31").problems(definition)] == [
        ("", "has the short name svc, which is that of a kind of Kubernetes")
    ]
    ((_, message),) = _of_definition("L32").problems(definition)
    assert message.endswith("bytes, and client-side apply takes 250000")


def test_every_check_is_tried() -> None:
    tried = {each[0] for each in (*_FIELDS, *_DEFINITIONS)} | {"L32"}
    assert {*CHECKS} - tried == set()
    assert {*CHECKS} == {f"L{number:02}" for number in range(1, 33)}
