"""What may be typed: keys, values of the schema, and names of the set."""

from __future__ import annotations

import pytest

from hanzo_constructs.editor.completion import Completion, completions
from hanzo_constructs.platform import Platform
from tests.editor.inputs import SERVICE, service
from tests.editor.places import view

DATABASE = """\
apiVersion: hanzo.ai/v1
kind: SQL
metadata: {name: db, namespace: shop}
spec:
  storage: {size: 1Gi}
  credentialsSecret: db-credentials
"""
CREDENTIALS = """\
apiVersion: v1
kind: Secret
metadata: {name: db-credentials, namespace: shop}
stringData: {POSTGRES_PASSWORD: hunter2, POSTGRES_USER: shop}
"""
OBJECTS = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {level: debug}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: worker, namespace: shop}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: elsewhere, namespace: other}
"""
WEB = service("web", "ports: {http: 80, metrics: 9090}", "partOf: shop")


def completed(text: str, *others: str, before: str = "") -> dict[str, Completion]:
    return {each.label: each for each in completions(view(text, *others, before=before))}


def test_keys_that_are_not_there_yet() -> None:
    found = completed(service("api", "replicas: 2", "st‸"))
    assert "strategy" in found
    assert not {"replicas", "image"} & found.keys()
    assert (found["strategy"].text, found["ports"].text) == ("strategy: ", "ports:")
    assert "rollout" in found["rollout"].description.lower() or found["rollout"].description


def test_required_keys_come_first() -> None:
    found = completions(view("apiVersion: hanzo.ai/v1\nkind: Service\nmetadata: {name: api}\nspec:\n  ‸\n"))
    assert found[0].label == "image"
    assert found[0].detail.endswith("required")


def test_a_key_that_is_renamed_keeps_its_colon() -> None:
    assert completed(service("api", "repl‸: 2"))["replicas"].text == "replicas"


def test_keys_below_lists_mappings_and_short_forms() -> None:
    assert {"name", "containerPort"} <= completed(service("api", "ports:", "- ‸")).keys()
    assert {"containerPort", "protocol"} <= completed(service("api", "ports: {http: {‸}}")).keys()
    assert {"secretKeyRef", "configMapKeyRef"} <= completed(service("api", "env:", "  TOKEN: {‸")).keys()


def test_a_resource_from_its_first_letter_on() -> None:
    assert completed("‸", before="").keys() == {"apiVersion", "kind", "metadata", "spec"}
    assert {"Service", "Datastore", "Gateway"} <= completed("apiVersion: hanzo.ai/v1\nkind: ‸").keys()
    assert completed("kind: Gateway\napiVersion: ‸").keys() == {"hanzo.ai/v1"}


def test_values_of_the_schema() -> None:
    assert completed(service("api", "strategy: ‸")).keys() == {"RollingUpdate", "Recreate"}
    assert completed(service("api", "serviceAccount: {automountToken: ‸}")).keys() == {"true", "false"}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("connections: [{kind: SQL, name: ‸}]", {"db"}),
        ("connections: [{kind: ‸}]", {"Service", "SQL"}),
        ("connections: [{kind: SQL, name: db, env: {URL: ‸}}]", {"url", "host", "port", "database"}),
        ("connections: [{kind: Service, name: web, port: ‸}]", {"http", "metrics"}),
        ("envFrom: [{secretRef: {name: ‸}}]", {"db-credentials"}),
        ("envFrom: [{configMapRef: {name: ‸}}]", {"settings"}),
        ("env: {A: {secretKeyRef: {name: db-credentials, key: ‸}}}", {"POSTGRES_PASSWORD", "POSTGRES_USER"}),
        ("env: {A: {configMapKeyRef: {name: settings, key: ‸}}}", {"level"}),
        ("serviceAccountName: ‸", {"worker"}),
        ("partOf: ‸", {"shop"}),
    ],
)
def test_names_of_the_set(line: str, names: set[str]) -> None:
    before = service("api", line.replace("‸", '""'))
    found = completed(service("api", line), DATABASE, CREDENTIALS, OBJECTS, WEB, before=before)
    references = {each.label for each in found.values() if each.kind == "reference"}
    assert names <= references
    assert "elsewhere" not in references
    assert "hunter2" not in str(found)


def test_names_in_the_resource_itself() -> None:
    ports = "ports: {http: 80, admin: 81}"
    assert {"http", "admin"} <= completed(service("api", ports, "readinessProbe: {httpGet: {port: ‸}}")).keys()
    volumes = "volumes: [{name: cache, emptyDir: {}}]"
    assert {"cache"} <= completed(service("api", volumes, "volumeMounts: [{name: ‸}]")).keys()


def test_in_a_document_that_is_broken_elsewhere() -> None:
    broken = service("api", "strategy: ‸", "env: {A: [")
    assert "Recreate" in completed(broken, before=SERVICE)
    assert "strategy" in completed(service("api", "str‸", "  - env: {A: ["), before=SERVICE)


def test_nothing_for_objects_of_others_and_in_comments() -> None:
    assert completed("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  ‸") == {}
    assert completed(service("api", "# ‸")) == {}


def test_what_is_typed_is_replaced() -> None:
    found = view(f"# before\n---\n{service('api', 'strategy: Re‸')}")
    each = next(each for each in completions(found) if each.label == "Recreate")
    assert found.file.text.cut(each.span) == "Re"


def test_names_of_a_platform_with_a_namespace_of_its_own() -> None:
    resource = service("api", "envFrom: [{configMapRef: {name: ‸}}]").replace("  namespace: shop\n", "")
    config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n"
    found = completions(view(resource, config, before=resource.replace("‸", "x"), platform=Platform(namespace="shop")))
    assert "settings" in {each.label for each in found}
