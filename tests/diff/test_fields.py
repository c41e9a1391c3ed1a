"""Which fields differ, and how they are called."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.diff.changes import place
from hanzo_constructs.diff.fields import field_changes, value_changes
from hanzo_constructs.diff.secrecy import without_secrets
from hanzo_constructs.diff.values import plain_value, shown_change
from hanzo_constructs.kube.schemas.types import ANYTHING
from tests.diff.objects import CONFIG, CRON, DATABASE, DEPLOYMENT, INGRESS, ROUTE, SECRET, SERVICE, Manifest, changed

MAIN = "spec.template.spec.containers.0"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from(["a", "b", "1"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "port", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def _told(old: Manifest, new: Manifest) -> list[tuple[str, str, Any, Any]]:
    return [(each.how, place(each.path), each.old, each.new) for each in field_changes(old, new)]


@pytest.mark.parametrize(
    ("manifest", "changes", "told"),
    [
        (DEPLOYMENT, {f"{MAIN}.image": "b"}, [("changed", "spec.template.spec.containers[api].image", "ghcr.io/acme/api:1.0", "b")]),
        (DEPLOYMENT, {f"{MAIN}.env.0.value": "debug"}, [("changed", "spec.template.spec.containers[api].env[LOG].value", "info", "debug")]),
        (DEPLOYMENT, {f"{MAIN}.env.2": {"name": "A"}}, [("added", "spec.template.spec.containers[api].env[A]", None, {"name": "A"})]),
        (
            DEPLOYMENT,
            {f"{MAIN}.env": [{"name": "MODE", "value": "web"}, {"name": "LOG", "value": "info"}]},
            [("moved", "spec.template.spec.containers[api].env", ["LOG", "MODE"], ["MODE", "LOG"])],
        ),
        (
            DATABASE,
            {"spec.volumeClaimTemplates.0.spec.resources.requests.storage": "1024Mi"},
            [("respelled", "spec.volumeClaimTemplates[data].spec.resources.requests.storage", "1Gi", "1024Mi")],
        ),
        (SERVICE, {"spec.ports.0.targetPort": "http"}, [("changed", "spec.ports[80].targetPort", 8080, "http")]),
        (SERVICE, {"metadata.annotations": {"a/b": "c"}}, [("added", "metadata.annotations", None, {"a/b": "c"})]),
        (SERVICE, {"metadata.labels.a/b": "c"}, [("added", 'metadata.labels["a/b"]', None, "c")]),
        (INGRESS, {"spec.rules.0.http.paths.0.path": "/b"}, [("removed", "spec.rules[api.example.com].http.paths[/]", ..., None), ("added", "spec.rules[api.example.com].http.paths[/b]", None, ...)]),
        (ROUTE, {"spec.hostnames.0": "b"}, [("removed", "spec.hostnames[api.example.com]", "api.example.com", None), ("added", "spec.hostnames[b]", None, "b")]),
        (CRON, {"spec.schedule": "1 3 * * *"}, [("changed", "spec.schedule", "0 3 * * *", "1 3 * * *")]),
        (SERVICE, {"status": {"a": 1}, "metadata.uid": "1", "metadata.annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{}"}}, []),
    ],
)  # fmt: skip
def test_changed_fields(manifest: Manifest, changes: dict[str, Any], told: list[tuple[Any, ...]]) -> None:
    found = _told(manifest, changed(manifest, changes))
    assert [each[:2] for each in found] == [each[:2] for each in told]
    for one, other in zip(found, told, strict=True):
        assert all(expected is ... or value == expected for value, expected in zip(one[2:], other[2:], strict=True))


@pytest.mark.parametrize(
    "new",
    [
        changed(DEPLOYMENT, {f"{MAIN}.env.0": {"name": "DB_PASSWORD", "value": "swordfish"}}),
        changed(DEPLOYMENT, {f"{MAIN}.args": ["--api-key=swordfish", "--db-password=swordfish"]}),
        changed(DEPLOYMENT, {f"{MAIN}.args": ["--requirepass", "swordfish", "--token", "swordfish"]}),
        changed(DEPLOYMENT, {f"{MAIN}.args": ["-c", "a", "-c", "psql --host=db PGPASSWORD=swordfish"]}),
        changed(DEPLOYMENT, {f"{MAIN}.args": ["curl -H 'Authorization: Bearer swordfish' http://a"]}),
        changed(DEPLOYMENT, {f"{MAIN}.env.0": {"name": "PGPASS", "value": "swordfish"}}),
        changed(DEPLOYMENT, {f"{MAIN}.env.0": {"name": "SIGNING_KEY", "value": "swordfish"}}),
        changed(DEPLOYMENT, {"metadata.annotations": {"example.com/api-key": "swordfish"}}),
        changed(CONFIG, {"data.application": "db:\n  user: a\n  password: swordfish\n"}),
        changed(CONFIG, {"data.conf": "port 6379\nrequirepass swordfish"}),
        changed(CONFIG, {"data.pem": "-----BEGIN RSA PRIVATE KEY-----\nswordfish\n-----END RSA PRIVATE KEY-----"}),
        changed(DEPLOYMENT, {f"{MAIN}.env.0.value": "postgres://user:swordfish@db"}),
        changed(CONFIG, {"data.DB_PASSWORD": "swordfish"}),
        changed(SECRET, {"stringData.other": "swordfish"}),
    ],
)
def test_what_may_be_a_secret_is_shown_nowhere(new: Manifest) -> None:
    old = next(each for each in (DEPLOYMENT, CONFIG, SECRET) if each["kind"] == new["kind"])
    emptied = {key: value for key, value in old.items() if key not in {"data", "stringData"}}
    for before in (old, emptied):
        for each in field_changes(before, new):
            shown = [place(each.path), *shown_change(each, new["kind"]), plain_value(each.new, each, new["kind"])]
            assert "swordfish" not in str(shown)


def test_a_secret_among_arguments_is_no_part_of_their_order() -> None:
    old = changed(DEPLOYMENT, {f"{MAIN}.args": ["--password", "swordfish", "--level", "info"]})
    new = changed(DEPLOYMENT, {f"{MAIN}.args": ["--level", "info", "--password", "swordfish"]})
    (found,) = field_changes(old, new)
    assert "swordfish" not in str((found.old, found.new))


@pytest.mark.parametrize(
    "text",
    [
        "--tls-private-key-file=/etc/tls/key.pem",
        "tokenPath: /var/run/token",
        "password: ${DB_PASSWORD}",
        "--password $(DB_PASSWORD)",
        "secretName: web-tls",
        "ghcr.io/acme/token-service:v1",
    ],
)
def test_what_says_where_a_secret_is_stays(text: str) -> None:
    assert without_secrets(text) == text


@given(VALUES, VALUES)
def test_something_is_told_where_something_differs(old: Any, new: Any) -> None:
    found = [*value_changes({"x": old}, {"x": new}, ANYTHING)]
    assert bool(found) is not _same(old, new)
    back = [*value_changes({"x": new}, {"x": old}, ANYTHING)]
    assert len(back) == len(found)


@given(VALUES)
def test_nothing_is_told_of_what_is_the_same(value: Any) -> None:
    assert [*value_changes(value, value, ANYTHING)] == []


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_same(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same, old, new))
    return type(old) is type(new) and bool(old == new)
