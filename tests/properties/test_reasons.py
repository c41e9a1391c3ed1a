"""Reasons are complete, and they are true: what is named changes the value, and nothing else does.

The causes are computed on models, without the rules between fields. Here the same is asked of documents that go the way
that every resource goes: written with another value, read, refused or compiled.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hanzo_constructs.children import pod
from hanzo_constructs.compiler import Compilation, compile_unshared
from hanzo_constructs.compiler.kind import kind_compiler
from hanzo_constructs.compiler.links import NO_LINKS, links_of
from hanzo_constructs.errors import InputError, SpecError
from hanzo_constructs.explain import Cause, KnownCauses, Reason, reasons
from hanzo_constructs.explain.words import OF_CHILDREN
from hanzo_constructs.kube.fields import Path, parsed_path
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.platform import Platform, PodSecurity
from hanzo_constructs.spec.kinds import KINDS, parse
from hanzo_constructs.spec.resource import Resource
from hanzo_constructs.spec.values import values_of
from tests.golden.cases import VALID, Case
from tests.properties.epochs import RULES, other_values, with_rule
from tests.properties.mutations import ABSENT, values_at
from tests.properties.resources import SUBJECTS, resources
from tests.properties.rich import NEWEST

pytestmark = pytest.mark.thorough

RESOURCES = [(case, index) for case in VALID for index in range(len(case.documents))]
NAMES = [f"{case.name}-{index}" for case, index in RESOURCES]
SAMPLE = [
    (case, index) for number, (case, index) in enumerate(RESOURCES) if number % 5 == 0 or "everything" in case.name
]
"""Every fifth, and the richest, for what takes long."""
SAMPLED = [f"{case.name}-{index}" for case, index in SAMPLE]
SELECTED_BY_NAME = {"epoch", "output", "api_group"}
"""Settings that decide no value of a child."""
KNOWN = KnownCauses()
"""What is known of the resources of every case that came before."""

Leaf = tuple[str, Path]
"""Id of the child and path of the value."""
Data = dict[str, Any]


class Subject:
    """A resource among others on a platform."""

    def __init__(self, document: Data, others: list[Resource], platform: Platform) -> None:
        self.document, self.others, self.platform = document, others, platform
        self.resource = parse(document, platform)
        self.compilation = self.compiled(self.resource, platform)
        self.reasons = reasons(self.compilation)
        self.causes: dict[Leaf, set[Cause]] = {
            (reason.child, parsed_path(reason.path)): set(reason.causes) for reason in self.reasons
        }

    def compiled(self, resource: Resource, platform: Platform) -> Compilation:
        links = links_of([resource, *self.others], platform)[0] if self.others else NO_LINKS
        return compile_unshared(resource, platform, links=links)

    def unnamed(self, cause: Cause, other: Compilation) -> list[Leaf]:
        """Return what is different in *other* although the *cause* is not named there."""
        return [leaf for leaf in changed(self.compilation, other) if not names(self.causes[leaf], cause)]


@cache
def of(case: Case, index: int) -> Subject:
    others = [parse(other, case.platform) for at, other in enumerate(case.documents) if at != index]
    return Subject(case.documents[index], others, case.platform)


def names(found: set[Cause], cause: Cause) -> bool:
    """Tell whether *found* holds *cause*, or a field around or below it."""
    of_fields = {"field", "default", "absence"}
    if cause.source not in of_fields:
        return cause in found
    return any(
        each.source in of_fields
        and (each.name[: len(cause.name)] == cause.name or cause.name[: len(each.name)] == each.name)
        for each in found
    )


def changed(before: Compilation, after: Compilation, *, moved: bool = False) -> list[Leaf]:
    """Return the values of *before* that are others in *after*, in the parts that both have.

    Those that may have *moved* stand in lists of another length; who they are cannot be told.
    """
    found: list[Leaf] = []
    others = {child.id: child.manifest for child in after.children}
    for child in before.children:
        if child.id in others:
            found += [(child.id, path) for path in _changed(child.manifest, others[child.id], (), moved=moved)]
    return found


def _changed(before: Any, after: Any, at: Path, *, moved: bool) -> Iterator[Path]:
    if isinstance(before, dict) and isinstance(after, dict) and before:
        for key, value in before.items():
            if key in after:
                yield from _changed(value, after[key], (*at, key), moved=moved)
            elif not isinstance(value, dict | list) or not value:
                yield (*at, key)
    elif isinstance(before, list) and isinstance(after, list) and before:
        if len(before) == len(after):
            for index, (one, other) in enumerate(zip(before, after, strict=True)):
                yield from _changed(one, other, (*at, index), moved=moved)
        elif moved:
            yield from paths_of(before, at)
    elif before != after and not isinstance(before, dict | list):
        yield at


@pytest.mark.parametrize(("case", "index"), RESOURCES, ids=NAMES)
def test_every_value_has_a_reason(case: Case, index: int) -> None:
    assert unexplained(of(case, index).reasons) == []


@pytest.mark.parametrize(("case", "index"), SAMPLE, ids=SAMPLED)
def test_resources_of_one_shape_share_their_causes(case: Case, index: int) -> None:
    subject = of(case, index)
    assert reasons(subject.compilation, KNOWN) == subject.reasons


def test_words_are_said_of_something() -> None:
    said = " ".join({reason.because for case, index in RESOURCES for reason in of(case, index).reasons})
    tables = [
        *OF_CHILDREN.values(),
        *(words for kind in KINDS.values() for words in kind_compiler(kind).why.values()),
        pod.WHY,
    ]
    assert {why for words in tables for why in words.values() if why not in said} == set()


def unexplained(found: tuple[Reason, ...]) -> list[str]:
    return [
        f"{each.child} {each.path}" for each in found if not each.because and each.path not in {"apiVersion", "kind"}
    ]


@pytest.mark.parametrize(("case", "index"), SAMPLE, ids=SAMPLED)
def test_a_setting_changes_only_what_names_it(case: Case, index: int) -> None:
    subject = of(case, index)
    written = subject.platform.model_dump(mode="json", by_alias=True, exclude_none=True)
    for name, field in Platform.model_fields.items():
        for value in values_of(field) if name not in SELECTED_BY_NAME else ():
            with suppress(InputError):
                platform = parse_as(Platform, written | {str(field.alias): value})
                other = subject.compiled(subject.resource, platform)
                assert subject.unnamed(Cause("setting", (name,)), other) == [], (name, value)


@pytest.mark.parametrize(("case", "index"), SAMPLE, ids=SAMPLED)
def test_a_rule_changes_only_what_names_it(case: Case, index: int) -> None:
    subject = of(case, index)
    for rule in RULES:
        for value in other_values(rule, getattr(subject.compilation.rules.epoch, rule)):
            with with_rule(rule, value), suppress(SpecError):
                other = subject.compiled(subject.resource, subject.platform)
                assert subject.unnamed(Cause("rule", (rule,)), other) == [], (rule, value)


@pytest.mark.parametrize(("case", "index"), SAMPLE, ids=SAMPLED)
def test_a_field_changes_only_what_names_it(case: Case, index: int) -> None:
    fields_change_only_what_names_them(of(case, index))


@pytest.mark.parametrize(
    ("name", "child", "path", "cause"),
    [
        (
            "gateway/ingress",
            "Deployment",
            "readinessProbe.httpGet.path",
            Cause("field", ("spec", "image", "repository")),
        ),
        ("datastore/postgresql", "StatefulSet", "volumeMounts[0].mountPath", Cause("absence", ("spec", "image"))),
    ],
)
def test_what_is_known_of_other_images_is_among_the_causes(name: str, child: str, path: str, cause: Cause) -> None:
    case = next(case for case in VALID if case.name == name)
    index = len(case.documents) - 1
    found = [each for each in of(case, index).reasons if each.child == child and each.path.endswith(path)]
    assert found
    assert all(cause in each.causes for each in found)


@pytest.mark.parametrize(("case", "index"), SAMPLE, ids=SAMPLED)
def test_what_is_named_changes_the_value(case: Case, index: int) -> None:
    subject = of(case, index)
    written, by_field = set(written_fields(subject.document)), defaultdict[Path, set[Leaf]](set)
    for leaf, found in subject.causes.items():
        for cause in found:
            if cause.source == "default" or cause.name in written:
                by_field[cause.name].add(leaf)
    for path, leaves in by_field.items():
        after = [other for other in variants(subject, path) if other.manifests != subject.compilation.manifests]
        if after:
            seen = {
                leaf
                for other in after
                for leaf in (*changed(subject.compilation, other, moved=True), *gone(subject, other))
            }
            assert leaves & seen, path


def gone(subject: Subject, other: Compilation) -> Iterator[Leaf]:
    """Yield every value that *other* has no place for."""
    there = {(child.id, path) for child in other.children for path in paths_of(child.manifest, ())}
    return (leaf for leaf in subject.causes if leaf not in there)


def paths_of(value: Any, at: Path) -> Iterator[Path]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from paths_of(item, (*at, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from paths_of(item, (*at, index))
    else:
        yield at


@pytest.mark.parametrize(("kind", "engine"), SUBJECTS)
@settings(max_examples=2, deadline=None, phases=[Phase.generate])
@given(data=st.data())
def test_causes_hold_for_any_resource(kind: str, engine: str | None, data: st.DataObject) -> None:
    fields_change_only_what_names_them(Subject(data.draw(resources(kind, engine)), [], NEWEST))


def fields_change_only_what_names_them(subject: Subject) -> None:
    for path in written_fields(subject.document):
        for other in variants(subject, path):
            assert subject.unnamed(Cause("field", path), other) == [], path


def written_fields(document: Data) -> Iterator[Path]:
    yield ("metadata", "name")
    if "namespace" in document["metadata"]:
        yield ("metadata", "namespace")
    spec = {field: value for field, value in document["spec"].items() if field != "overlay"}  # of no type of ours
    yield from paths_of(spec, ("spec",))


def variants(subject: Subject, path: Path) -> Iterator[Compilation]:
    """Yield the compilation with other values at *path*, and without it, as far as they are not refused."""
    for value in [*others(subject.document["kind"], path), ABSENT]:
        document = json.loads(json.dumps(subject.document))  # drawn parts may be one object in several places
        with suppress(InputError, KeyError):
            put(document, path, value)
            yield subject.compiled(parse(document, subject.platform), subject.platform)


def others(kind: str, path: Path) -> list[Any]:
    if path[0] == "metadata":
        return ["other", *get_args(PodSecurity)]
    return values_at(KINDS[kind].model, path)


def put(document: Any, path: Path, value: Any) -> None:
    for step in path[:-1]:
        document = document.setdefault(step, {}) if isinstance(document, dict) else document[step]
    if value is not ABSENT:
        document[path[-1]] = value
    elif isinstance(document, list):
        del document[int(path[-1])]
    else:
        document.pop(path[-1], None)
