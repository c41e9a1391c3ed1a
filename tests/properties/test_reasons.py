"""Reasons are complete, and they are true: what is named changes the value, and nothing else does.

The causes are computed on models, without the rules between fields. Here the same is asked of documents that go the way
that every resource goes: written with another value, read, refused or compiled.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any, get_args
from zlib import crc32

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hanzo_constructs import platform as rules
from hanzo_constructs.children import pod
from hanzo_constructs.compiler import Compilation, compile_unshared
from hanzo_constructs.compiler.kind import kind_compiler
from hanzo_constructs.compiler.links import NO_LINKS, links_between
from hanzo_constructs.compiler.resource_ties import ties_of
from hanzo_constructs.compiler.ties import Ties
from hanzo_constructs.errors import InputError, SpecError
from hanzo_constructs.explain import Cause, KnownCauses, Reason, reasons
from hanzo_constructs.explain.causes import causes
from hanzo_constructs.explain.words import CHILDREN_WITH_WORDS, words_at, words_of, words_of_child
from hanzo_constructs.kube.fields import Path, parsed_path
from hanzo_constructs.kube.model import parse_as, written
from hanzo_constructs.platform import Epoch, Platform, PodSecurity
from hanzo_constructs.spec.kinds import KINDS, parse
from hanzo_constructs.spec.resource import Resource
from hanzo_constructs.spec.values import values_of
from tests.golden.cases import SAMPLE, VALID, Case
from tests.properties.epochs import RULES, other_values, with_rule
from tests.properties.mutations import ABSENT, values_at
from tests.properties.resources import SHAPES, SUBJECTS, resources
from tests.properties.rich import NEWEST

pytestmark = pytest.mark.thorough

PARTS = range(4)
"""What is looked at together is done in parts, for several processes."""
ENOUGH = 6
"""Of more other values of a field than these, as many are tried, others for each field; the slow tests try all."""
SELECTED_BY_NAME = {"epoch", "output", "api_group"}
"""Settings that decide no value of a child."""
KNOWN = KnownCauses()
"""What is known of the resources of every case that came before."""

Leaf = tuple[str, Path]
"""Id of the child and path of the value."""
Data = dict[str, Any]
Others = Callable[[Platform], list[Ties]]
"""What the others of a set declare on a platform."""


class Subject:
    """A resource among others on a platform."""

    def __init__(self, document: Data, others: Others, platform: Platform, *, every_value: bool = False) -> None:
        self.every_value = every_value
        self.others, self.platform = others, platform
        self.resource = parse(document, platform)
        self.document = in_full(document, self.resource)
        self.compilation = self.compiled(self.resource, platform)
        self.found = causes(self.compilation)
        own = KnownCauses()
        own.learn(self.compilation, self.found)
        self.reasons = reasons(self.compilation, own)
        self._variants: dict[Path, list[Compilation]] = {}
        self.causes: dict[Leaf, set[Cause]] = {
            (reason.child, parsed_path(reason.path)): set(reason.causes) for reason in self.reasons
        }

    def variants(self, path: Path) -> list[Compilation]:
        """Return the compilations with other values at *path*, and without it, as far as they are not refused."""
        if path not in self._variants:
            self._variants[path] = [*variants(self, path)]
        return self._variants[path]

    def compiled(self, resource: Resource, platform: Platform) -> Compilation:
        others = self.others(platform)
        links = links_between([ties_of(resource, platform), *others])[0] if others else NO_LINKS
        return compile_unshared(resource, platform, links=links)

    def unnamed(self, cause: Cause, other: Compilation) -> list[Leaf]:
        """Return what is different in *other* although the *cause* is not named there."""
        return [leaf for leaf in changed(self.compilation, other) if not names(self.causes[leaf], cause)]


def in_full(document: Data, resource: Resource) -> Data:
    """Return the *document* of *resource* without short forms, which have no place for the fields that causes name."""
    return {**document, "metadata": written(resource.metadata), "spec": written(resource.spec)}


@cache
def of(case: Case, index: int, *, every_value: bool = False) -> Subject:
    numbers = [number for number in range(len(case.documents)) if number != index]

    def others(platform: Platform) -> list[Ties]:
        epochs = (*rules.EPOCHS.values(),)
        # a platform is frozen, and so hashable
        return [declared(case, number, platform, epochs) for number in numbers]  # pyright: ignore[reportArgumentType]

    return Subject(case.documents[index], others, case.platform, every_value=every_value)


def alone(_: Platform) -> list[Ties]:
    return []


@cache
def declared(case: Case, number: int, platform: Platform, _: tuple[Epoch, ...]) -> Ties:
    """Return what a resource of the *case* declares on *platform*, by the rules of certain epochs."""
    return ties_of(parse(case.documents[number], case.platform), platform)


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
    if before != after:  # most of it is the same
        yield from _different(before, after, at, moved=moved)


def _different(before: Any, after: Any, at: Path, *, moved: bool) -> Iterator[Path]:
    if isinstance(before, dict) and isinstance(after, dict) and before:
        for key, value in before.items():
            if key in after:
                yield from _changed(value, after[key], (*at, key), moved=moved)
            elif not isinstance(value, dict | list) or not value:
                yield (*at, key)
    elif isinstance(before, list) and isinstance(after, list) and before:
        if len(before) == len(after):
            for index, other in _paired(before, after):
                yield from _changed(before[index], other, (*at, index), moved=moved)
        elif moved:
            yield from paths_of(before, at)
    elif not isinstance(before, dict | list):
        yield at


def _paired(before: list[Any], after: list[Any]) -> Iterator[tuple[int, Any]]:
    """Yield the number of each entry of *before*, and that of *after* in its place.

    Peers of a policy stand in the order of their labels: another name puts the same peers in other places.
    """
    same = [each for each in before if isinstance(each, dict) and each in after]
    rest = iter([each for each in after if each not in same])
    if len([each for each in after if each in same]) != len(same):  # one that stands there more often than before
        same, rest = [], iter(after)
    yield from ((index, each if each in same else next(rest)) for index, each in enumerate(before))


Placed = tuple[str, str, Path]
"""What a resource is compiled as, kind of the child and a place in it, of which the indices do not count."""


@cache
def with_places_of_their_own() -> list[tuple[Case, int]]:
    """Return few resources that have a value in every place where any has one without words for it.

    Each has one in a place where no other has. Words are a reason whatever else decides the value, and so is what asks for the child.
    """
    places: dict[tuple[Case, int], set[Placed]] = {}
    seen: set[Placed] = set()
    for case in sorted(VALID, key=lambda case: len(case.stored["output.yaml"]), reverse=True):
        for index, compilation in enumerate(case.compiled):
            if not (own := places_of(compilation)) <= seen:
                places[case, index] = own
                seen |= own
    holders = Counter(place for own in places.values() for place in own)
    for resource, own in [*places.items()]:
        if all(holders[place] > 1 for place in own):
            holders.subtract(own)
            del places[resource]
    return [*places]


def places_of(compilation: Compilation) -> set[Placed]:
    shape = KINDS[compilation.resource.kind].compiled_as
    return {
        (shape, child.manifest["kind"], tuple("*" if isinstance(step, int) else step for step in path))
        for child in compilation.children
        if child.requested_by == "always"
        for path in paths_of(child.manifest, ())
        if not words_at(path, words_of(compilation.resource.kind, child.manifest["kind"]))
    }


@pytest.mark.parametrize("part", PARTS)
def test_every_value_has_a_reason(part: int) -> None:
    sample = with_places_of_their_own()[part :: len(PARTS)]
    assert sample
    assert not [(case.name, each) for case, index in sample for each in unexplained(of(case, index).reasons)]


@pytest.mark.slow
@pytest.mark.parametrize("case", VALID, ids=lambda case: case.name)
def test_every_value_of_every_case_has_a_reason(case: Case) -> None:
    for index in range(len(case.documents)):
        assert unexplained(of(case, index).reasons) == []


def test_words_are_said_of_something() -> None:
    said = {
        words_at(path, words_of(compilation.resource.kind, child.manifest["kind"]))
        for case in VALID
        for compilation in case.compiled
        for child in compilation.children
        for path in paths_of(child.manifest, ())
    }
    tables = [
        *map(words_of_child, CHILDREN_WITH_WORDS),
        *(words for kind in KINDS.values() for words in kind_compiler(kind).why.values()),
        pod.WHY,
    ]
    assert {why for words in tables for why in words.values()} <= said


def unexplained(found: tuple[Reason, ...]) -> list[str]:
    return [
        f"{each.child} {each.path}" for each in found if not each.because and each.path not in {"apiVersion", "kind"}
    ]


@pytest.mark.parametrize("case", SAMPLE, ids=lambda case: case.name)
def test_reasons_are_true(case: Case) -> None:
    for index in range(len(case.documents)):
        subject = of(case, index)
        again = subject.compiled(parse(subject.document, subject.platform), subject.platform)
        if KNOWN.known(again) is None:
            KNOWN.learn(again, subject.found)
        assert reasons(again, KNOWN) == subject.reasons  # resources of one shape share their causes
        reasons_are_true(subject)


@pytest.mark.slow
@pytest.mark.parametrize("case", VALID, ids=lambda case: case.name)
def test_reasons_of_every_case_are_true_of_every_value(case: Case) -> None:
    for index in range(len(case.documents)):
        reasons_are_true(of(case, index, every_value=True))


def reasons_are_true(subject: Subject) -> None:
    """Assert that what is named changes a value, and that nothing else does."""
    settings_change_only_what_names_them(subject)
    rules_change_only_what_names_them(subject)
    fields_change_only_what_names_them(subject)
    what_is_named_changes_the_value(subject)


def settings_change_only_what_names_them(subject: Subject) -> None:
    written = subject.platform.model_dump(mode="json", by_alias=True, exclude_none=True)
    for name, field in Platform.model_fields.items():
        for value in values_of(field) if name not in SELECTED_BY_NAME else ():
            with suppress(InputError):
                platform = parse_as(Platform, written | {str(field.alias): value})
                other = subject.compiled(subject.resource, platform)
                assert subject.unnamed(Cause("setting", (name,)), other) == [], (name, value)


def rules_change_only_what_names_them(subject: Subject) -> None:
    for rule in RULES:
        for value in other_values(rule, getattr(subject.compilation.rules.epoch, rule)):
            with with_rule(rule, value), suppress(SpecError):
                other = subject.compiled(subject.resource, subject.platform)
                assert subject.unnamed(Cause("rule", (rule,)), other) == [], (rule, value)


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


def test_what_a_share_is_rounded_up_from_is_among_its_causes() -> None:
    """A tenth of four pods is one, and so it is of five, or with a weight of eleven."""
    case = next(case for case in VALID if case.name == "inference_service/canary-10")
    (found,) = [
        each for each in of(case, 0).reasons if (each.child, each.path) == ("Deployment-canary", "spec.replicas")
    ]
    assert {Cause("field", ("spec", "replicas")), Cause("field", ("spec", "canary", "weight"))} <= {*found.causes}


@pytest.mark.parametrize("part", PARTS)
def test_every_field_that_is_written_can_be_written_otherwise(part: int) -> None:
    for case in VALID[part :: len(PARTS)]:
        for document, compilation in zip(case.documents, case.compiled, strict=True):
            full = in_full(document, compilation.resource)
            assert parse(full, case.platform) == compilation.resource
            for path in written_fields(full):
                put(json.loads(json.dumps(full)), path, next(iter(others(full["kind"], path)), ABSENT))


def test_what_a_block_brings_is_not_said_of_its_other_fields() -> None:
    case = next(case for case in VALID if case.name == "datastore/empty-lists")
    versions = [each for each in of(case, 0).reasons if each.path.endswith('labels["app.kubernetes.io/version"]')]
    assert versions
    for each in versions:
        assert Cause("absence", ("spec", "image")) in each.causes
        assert Cause("absence", ("spec", "image", "pullPolicy")) not in each.causes


def what_is_named_changes_the_value(subject: Subject) -> None:
    written, by_field = set(written_fields(subject.document)), defaultdict[Path, set[Leaf]](set)
    for leaf, found in subject.causes.items():
        for cause in found:
            if cause.source == "default" or cause.name in written:
                by_field[cause.name].add(leaf)
    for path, leaves in by_field.items():
        after = [other for other in subject.variants(path) if other.manifests != subject.compilation.manifests]
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


# Two examples are the least resource and one that is drawn; a facade has the causes of what it is a facade of.
@pytest.mark.parametrize(("kind", "engine"), [each for each in SUBJECTS if each[0] in SHAPES])
@settings(max_examples=2, deadline=None, phases=[Phase.generate])
@given(data=st.data())
def test_causes_hold_for_any_resource(kind: str, engine: str | None, data: st.DataObject) -> None:
    fields_change_only_what_names_them(Subject(data.draw(resources(kind, engine)), alone, NEWEST))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "engine"), SUBJECTS)
@settings(max_examples=20, deadline=None, phases=[Phase.generate])
@given(data=st.data())
def test_causes_hold_for_any_resource_and_value(kind: str, engine: str | None, data: st.DataObject) -> None:
    fields_change_only_what_names_them(Subject(data.draw(resources(kind, engine)), alone, NEWEST, every_value=True))


def fields_change_only_what_names_them(subject: Subject) -> None:
    for path in written_fields(subject.document):
        for other in subject.variants(path):
            assert subject.unnamed(Cause("field", path), other) == [], path


def written_fields(document: Data) -> Iterator[Path]:
    yield ("metadata", "name")
    if "namespace" in document["metadata"]:
        yield ("metadata", "namespace")
    spec = {field: value for field, value in document["spec"].items() if field != "overlay"}  # of no type of ours
    yield from paths_of(spec, ("spec",))


def variants(subject: Subject, path: Path) -> Iterator[Compilation]:
    values = others(subject.document["kind"], path)
    if len(values) > ENOUGH and not subject.every_value:
        start = crc32(repr(path).encode())
        values = [values[(start + place * len(values) // ENOUGH) % len(values)] for place in range(ENOUGH)]
    for value in [*values, ABSENT]:
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
