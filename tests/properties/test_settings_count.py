"""No setting of the platform and no rule of an epoch is without effect, and the fields of metadata do what they say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.compiler.kind import kind_compiler
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.errors import PlatformError, SpecError
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.platform import EPOCHS, Platform
from hanzo_constructs.spec.kinds import KINDS, parse
from hanzo_constructs.spec.resource import Metadata, Resource
from tests.golden.cases import CASES, VALID
from tests.properties.epochs import RULES, other_values, with_rule
from tests.properties.mutations import values_of
from tests.properties.rich import rich

pytestmark = pytest.mark.thorough

SETS = [
    tuple(document for document in case.documents if isinstance(document, dict))
    for case in sorted(CASES, key=lambda case: (case.folder / "input.yaml").stat().st_size, reverse=True)
]
"""Resources that belong together, such as a gateway and the applications behind it; those that say most first."""

OF_THE_CONSTRUCTS = {"output"}
"""Settings that say what constructs write."""


NEWEST = "1.37"
"""The Kubernetes version where every rule has a say."""


NEEDED: dict[str, dict[str, Any]] = {
    "exposure": {"gateway": {"name": "edge"}},
    **{name: {"kubernetes": NEWEST} for name in ("traffic_distribution", "user_namespaces", "gpu_allocation")},
}
"""What must be set beside a setting so that it is taken."""


_RESULTS: dict[tuple[int, str], list[object]] = {}


def _kept(place: int, platform: Platform) -> list[object]:
    """Return what a set compiles to on *platform*, which is asked for again and again."""
    key = place, platform.model_dump_json()
    if key not in _RESULTS:
        _RESULTS[key] = [*_compiled(place, platform)]
    return _RESULTS[key]


def differ(one: Platform, other: Platform) -> bool:
    """Tell whether a set compiles to something else on the *other* platform; the first one that does is enough."""
    return any(_kept(place, one) != [*_compiled(place, other)] for place in range(len(SETS)))


def _compiled(place: int, platform: Platform) -> Iterator[object]:
    """Yield what each resource of a set compiles to beside the others, or why it is refused."""
    resources, refused = _read(place, platform.api_group)
    yield from refused
    yield from _outputs(resources, platform)


@cache
def _read(place: int, api_group: str) -> tuple[list[Resource], list[str]]:
    """Return the resources of a set, and why others are refused: of the settings only the group is asked for that."""
    platform = Platform(api_group=api_group)
    resources, refused = list[Resource](), list[str]()
    for document in SETS[place]:
        try:
            resources.append(parse(document, platform))
        except SpecError as error:
            refused.append(str(error))
    return resources, refused


def _outputs(resources: Sequence[Resource], platform: Platform) -> Iterator[object]:
    links, contradictions = links_of(resources, platform)
    yield list(map(str, contradictions))
    for resource in resources:
        try:
            yield compile_resource(resource, platform, links=links).manifests
        except SpecError as error:
            yield str(error)


def settings(name: str) -> Iterator[Platform]:
    """Yield platforms that differ in the setting *name* alone."""
    field = Platform.model_fields[name]
    for value in values_of(field):
        with suppress(PlatformError):
            yield parse_as(Platform, {**NEEDED.get(name, {}), field.alias or name: value})


@pytest.mark.parametrize("name", Platform.model_fields)
def test_each_setting_changes_something(name: str) -> None:
    wire = Platform.model_fields[name].alias or name
    beside = parse_as(Platform, NEEDED.get(name, {}))
    platforms = [platform for platform in settings(name) if platform != beside][:3]
    assert platforms
    changes = [differ(beside, platform) for platform in platforms]
    assert changes == [wire not in OF_THE_CONSTRUCTS] * len(platforms)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("epoch", EPOCHS)
def test_each_rule_changes_something(epoch: str, rule: str) -> None:
    platform = Platform(epoch=epoch, kubernetes=NEWEST)
    others = other_values(rule, getattr(EPOCHS[epoch], rule))
    assert others
    for other in others:
        assert any(_differs(place, platform, rule, other) for place in range(len(SETS)))


def _differs(place: int, platform: Platform, rule: str, value: Any) -> bool:
    before = _kept(place, platform)
    with with_rule(rule, value):
        return before != [*_compiled(place, platform)]


@pytest.mark.parametrize("kind", KINDS)
def test_metadata_shows_where_it_should(kind: str) -> None:
    def changes(**metadata: Any) -> tuple[bool, bool]:
        """Tell whether the children change, and whether the resource itself does."""
        document = rich(kind)
        before = compile_resource(parse(document))
        document["metadata"] |= metadata
        after = compile_resource(parse(document))
        children = json.dumps(before.manifests) != json.dumps(after.manifests)
        return children, before.resource_manifest != after.resource_manifest

    own = {"hanzo.ai/org": "hanzo"}
    expected = {
        "name": {"other": (True, True)},
        "namespace": {"other": (True, True)},
        "labels": {
            "on the resource": (False, True),
            "on the children": (True, True),
        },
        "annotations": {"on the resource": (False, True), "an epoch": (True, True), "a level": (True, True)},
    }
    found = {
        "name": {"other": changes(name="other")},
        "namespace": {"other": changes(namespace="other")},
        "labels": {
            "on the resource": changes(labels=own | {"team": "chat"}),
            "on the children": changes(labels=own | {"hanzo.ai/team": "chat"}),
        },
        "annotations": {
            "on the resource": changes(annotations={"example.com/a": "b"}),
            "an epoch": changes(annotations={"hanzo.ai/epoch": "2025"}),
        },
    }
    if kind_compiler(KINDS[kind]).pod_security:  # which has one level alone
        del expected["annotations"]["a level"]
    else:
        found["annotations"]["a level"] = changes(annotations={"hanzo.ai/pod-security": "none"})
    assert found == expected
    assert found.keys() == Metadata.model_fields.keys()


def test_settings_reach_what_one_resource_writes_for_another() -> None:
    (case,) = (case for case in VALID if case.name == "gateway/routes-of-bases")

    def endpoints(**settings: str) -> set[str]:
        """Return the configurations of the gateways, which hold the routes of the applications."""
        platform = case.platform.model_copy(update=settings)
        outputs = list(_outputs([parse(document, platform) for document in case.documents], platform))
        manifests = [manifest for output in outputs if isinstance(output, list) for manifest in output]
        return {
            manifest["data"]["routes.json"]
            for manifest in manifests
            if manifest["metadata"]["name"].endswith("-config")
        }

    before = endpoints()
    assert before
    assert not before & endpoints(cluster_domain="example.internal")
