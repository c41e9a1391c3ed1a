"""Reasons are complete, and they are true: what is named is there, and changing it changes what it is said to decide."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any, get_args

import pytest

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.compiler.reasons import ORIGINS, Reason, _forms, _origin_of, _patterns, origins_of
from hanzo_constructs.errors import InputError, SpecError
from hanzo_constructs.kube.fields import Path, parsed_path, wire_name
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.platform import Platform, PodSecurity
from hanzo_constructs.spec.kinds import KINDS, parse
from tests.golden.cases import VALID, Case
from tests.properties.epochs import RULES, other_values, with_rule
from tests.properties.mutations import ABSENT, values_at, values_of

pytestmark = pytest.mark.thorough

RESOURCES = [(case, index) for case in VALID for index in range(len(case.documents))]
NAMES = [f"{case.name}-{index}" for case, index in RESOURCES]
MISSING: Any = object()

Leaf = tuple[str, str]
"""Id of the child and path of the value."""


def compiled(case: Case, index: int, document: dict[str, Any], platform: Platform) -> Compilation:
    """Compile *document* in the place of the resource that the case has there."""
    resource = parse(document, platform)
    others = [parse(other, platform) for at, other in enumerate(case.documents) if at != index]
    return compile_resource(resource, platform, links=links_of([resource, *others], platform)[0])


@cache
def of(case: Case, index: int) -> Compilation:
    return compiled(case, index, case.documents[index], case.platform)


def leaves(compilation: Compilation) -> dict[Leaf, object]:
    return {(child.id, path): value for child in compilation.children for path, value in _leaves(child.manifest, "")}


def _leaves(value: Any, at: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves(item, f"{at}.{key}")
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from _leaves(item, f"{at}.{index}")
    else:
        yield at, value


def of_reason(reason: Reason) -> Leaf:
    return reason.child, "".join(f".{step}" for step in parsed_path(reason.path))


def grouped(compilation: Compilation, source: str) -> dict[str, list[Leaf]]:
    """Return the values that *source* decides, by what is named."""
    groups = defaultdict(list)
    for reason in compilation.reasons:
        if reason.source == source:
            groups[reason.because].append(of_reason(reason))
    return groups


def unchanged(asserted: list[Leaf], before: dict[Leaf, object], after: list[dict[Leaf, object]]) -> list[Leaf]:
    """Return the leaves that are the same in all of *after*.

    Nothing can be said where every change is refused, or writes what was there already.
    """
    after = [found for found in after if found != before]
    return [leaf for leaf in asserted if after and all(_same(leaf, before, found) for found in after)]


def _same(leaf: Leaf, before: dict[Leaf, object], after: dict[Leaf, object]) -> bool:
    """Tell whether *leaf* is the same; that of a variable is only so in one of the same name and value."""
    child, path = leaf
    entry = path.rpartition(".")[0]
    variable = [(child, f"{entry}.{field}") for field in ("name", "value")] if ".env." in path else []
    return all(after.get(each, MISSING) == before.get(each, MISSING) for each in (leaf, *variable))


def outcomes(variants: Iterator[Compilation]) -> list[dict[Leaf, object]]:
    return [leaves(variant) for variant in variants]


@pytest.mark.parametrize(("case", "index"), RESOURCES, ids=NAMES)
def test_every_value_has_a_reason(case: Case, index: int) -> None:
    compilation = of(case, index)
    explained = {of_reason(reason): reason for reason in compilation.reasons}
    assert not [reason for reason in explained.values() if reason.source == "unexplained"]
    assert {leaf: reason.value for leaf, reason in explained.items()} == leaves(compilation)


@pytest.mark.parametrize(("case", "index"), RESOURCES, ids=NAMES)
def test_what_the_platform_decides_changes_with_the_setting(case: Case, index: int) -> None:
    before = leaves(of(case, index))
    for because, decided in grouped(of(case, index), "platform").items():
        wire = because.partition(" ")[0]
        (field,) = (field for field in Platform.model_fields.values() if field.alias == wire)
        written = case.platform.model_dump(mode="json", by_alias=True, exclude_none=True)

        def variants() -> Iterator[Compilation]:
            for value in values_of(field):  # noqa: B023 - used up before the loop goes on
                with suppress(InputError):
                    platform = parse_as(Platform, written | {wire: value})  # noqa: B023
                    yield compiled(case, index, case.documents[index], platform)

        assert not unchanged(decided, before, outcomes(variants())), because


@pytest.mark.parametrize(("case", "index"), RESOURCES, ids=NAMES)
def test_what_the_epoch_decides_changes_with_the_rule(case: Case, index: int) -> None:
    compilation = of(case, index)
    before = leaves(compilation)
    for because, decided in grouped(compilation, "epoch").items():
        epoch = compilation.rules.epoch
        (rule,) = (rule for rule in RULES if because == f"epoch {epoch.name}, rule {wire_name(rule)}")
        after = []
        for value in other_values(rule, getattr(epoch, rule)):
            with with_rule(rule, value), suppress(SpecError):
                after.append(leaves(compiled(case, index, case.documents[index], case.platform)))
        assert not unchanged(decided, before, after), because


@pytest.mark.parametrize(("case", "index"), RESOURCES, ids=NAMES)
def test_what_the_resource_decides_changes_with_the_field(case: Case, index: int) -> None:
    before = leaves(of(case, index))
    for because, decided in grouped(of(case, index), "resource").items():
        path = parsed_path(because)
        assert field_at(case.documents[index], path) is not MISSING, because
        after = variants_of(case, index, path)
        assert not unchanged(decided, before, after), because


@pytest.mark.parametrize(("case", "index"), RESOURCES, ids=NAMES)
def test_what_is_a_default_is_not_written_and_changes_when_it_is(case: Case, index: int) -> None:
    before = leaves(of(case, index))
    for because, decided in grouped(of(case, index), "default").items():
        path = parsed_path(because.removeprefix("default of "))
        assert field_at(case.documents[index], path) is MISSING, because
        after = variants_of(case, index, path)
        assert not unchanged(decided, before, after), because


def test_each_row_of_the_tables_explains_something() -> None:
    rows = {(kind, form) for kind, origins in ORIGINS.items() for form in _patterns(origins)}
    for case, index in RESOURCES:
        compilation = of(case, index)
        kinds = {child.id: child.manifest["kind"] for child in compilation.children}
        tables = {child.id: _patterns(origins_of(compilation, child)) for child in compilation.children}
        for reason in compilation.reasons:
            kind, patterns, path = kinds[reason.child], tables[reason.child], parsed_path(reason.path)
            _, _, below = _origin_of(path, patterns)
            rows.discard((kind, next(form for form in _forms(path[: len(path) - len(below)]) if form in patterns)))
    assert not rows


def variants_of(case: Case, index: int, path: Path) -> list[dict[Leaf, object]]:
    """Return the children with other values at *path*, and without it."""
    document = case.documents[index]
    found = []
    for value in [*others(document["kind"], path), ABSENT]:
        changed = copy.deepcopy(document)
        if (
            path == ("spec", "image")
            and value is not ABSENT
            and _repository(value) == _repository(field_at(document, path))
        ):
            continue  # images of one repository are mostly of one build
        with suppress(SpecError):
            put(changed, path, value)
            if path == ("spec", "type"):
                # what goes with the images of one engine is refused beside another
                if "image" in changed["spec"]:
                    changed["spec"]["image"] = {"repository": "registry.hanzo.ai/store", "tag": "v1"}
                for field in ("engine", "serviceMonitor"):
                    changed["spec"].pop(field, None)
            found.append(leaves(compiled(case, index, changed, case.platform)))
    return found


def _repository(image: Any) -> str:
    return str(image["repository"]).rpartition("/")[2] if isinstance(image, dict) and "repository" in image else ""


def others(kind: str, path: Path) -> list[Any]:
    if path[0] == "metadata":
        return ["other", "2025", "2026", *get_args(PodSecurity)]
    if path == ("spec", "image") and kind == "Gateway":
        return [{"repository": "krakend", "tag": "2.13"}, {"repository": "ghcr.io/hanzoai/gateway", "tag": "v1"}]
    return values_at(KINDS[kind].model, path)


def field_at(document: Any, path: Path) -> Any:
    for step in path:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return MISSING
    return document


def put(document: Any, path: Path, value: Any) -> None:
    for step in path[:-1]:
        document = document.setdefault(step, {}) if isinstance(document, dict) else document[step]
    if value is ABSENT:
        if isinstance(document, list):
            del document[int(path[-1])]
        else:
            document.pop(path[-1], None)
    else:
        document[path[-1]] = value


@pytest.mark.parametrize("sidecars", [None, [], [{"name": "proxy", "image": "ghcr.io/hanzoai/proxy:v1"}]])
def test_a_field_of_the_main_container_is_never_laid_at_the_door_of_a_sidecar(sidecars: Any) -> None:
    spec: dict[str, Any] = {"image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1"}}
    spec |= {} if sidecars is None else {"sidecars": sidecars}
    document = {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": {"name": "api"}, "spec": spec}
    compilation = compile_resource(parse(document), Platform())
    (deployment,) = [each for each in compilation.manifests if each["kind"] == "Deployment"]
    deployment["spec"]["template"]["spec"]["containers"][0]["workingDir"] = "/srv"
    (reason,) = [each for each in compilation.reasons if each.path.endswith("containers[0].workingDir")]
    assert reason.source == "unexplained"


def test_what_is_derived_from_the_number_of_replicas_is_explained() -> None:
    image = {"repository": "ghcr.io/hanzoai/app", "tag": "v1"}
    spec: dict[str, Any] = {"image": image, "storage": {"size": "1Gi"}, "replicas": 5}
    document: dict[str, Any] = {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Base",
        "metadata": {"name": "app", "namespace": "a"},
    }
    document["spec"] = spec
    platform = Platform(kubernetes="1.37")
    found = {each.child: each for each in compile_resource(parse(document), platform).reasons if each.value == 2}
    assert found["StatefulSet"].because == "epoch 2026, rule quorumRollout"
    assert found["PodDisruptionBudget"].because == "epoch 2026, rule quorumBudget"
