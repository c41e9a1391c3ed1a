"""The table of versions says what the schemas of those versions say."""

from __future__ import annotations

import pytest

pytest.importorskip("kubernetes_validate", reason="the schemas come with kubernetes-validate")

from hanzo_constructs.kube.core.since import NEWEST, OLDEST, SINCE
from tests.kube.core.schemas import definitions, needed

RENAMED = {"TypedObjectReference", "VolumeResourceRequirements"}
"""Types that took the place of another one and its fields; by name they seem new."""


def first_by_name(name: str, field: str) -> int:
    """Return since when the definition *name* has had *field*, going by nothing but its name."""
    groups = ("core.v1", "meta.v1", "networking.v1", "autoscaling.v2")
    full = next(full for group in groups for full in definitions(NEWEST) if full.endswith(f".{group}.{name}"))
    having = [
        minor for minor in range(OLDEST, NEWEST + 1) if field in definitions(minor).get(full, {}).get("properties", {})
    ]
    assert having == list(range(having[0], NEWEST + 1)), "a field came back"
    return having[0]


def test_the_table_agrees_with_the_schemas() -> None:
    by_name = {
        name: young
        for name, definition in needed(NEWEST).items()
        if (
            young := {
                field: first
                for field in sorted(definition.get("properties", {}))
                if (first := first_by_name(name, field)) > OLDEST
            }
        )
    }
    differing = {name for name in by_name if by_name[name] != SINCE.get(name)}
    assert differing == RENAMED
    assert set(SINCE) <= set(by_name)


def test_a_renamed_type_does_not_make_its_fields_new() -> None:
    assert "VolumeResourceRequirements" not in SINCE
    assert SINCE["TypedObjectReference"] == {"namespace": 26}


@pytest.mark.parametrize(
    ("name", "field", "minor"),
    [
        ("Container", "restartPolicy", 28),
        ("EnvVarSource", "fileKeyRef", 34),
        ("LifecycleHandler", "sleep", 29),
        ("PodSecurityContext", "appArmorProfile", 30),
        ("Volume", "image", 31),
        ("VolumeMount", "recursiveReadOnly", 30),
    ],
)
def test_what_kubernetes_release_notes_say(name: str, field: str, minor: int) -> None:
    assert SINCE[name][field] == minor


def test_what_has_always_been_there_is_not_in_the_table() -> None:
    assert "image" not in SINCE["Container"]
    assert "EnvVar" not in SINCE
