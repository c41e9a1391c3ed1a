"""What is shown of a field: what it means and what it decides, and never the value of a secret."""

from __future__ import annotations

from hanzo_constructs.editor import Position, WorkingSet
from hanzo_constructs.editor.hover import Hover, Reasons, hover
from hanzo_constructs.editor.view import view_at
from tests.editor.inputs import service
from tests.editor.places import view


def shown(text: str, *others: str, before: str = "") -> Hover | None:
    return hover(view(text, *others, before=before), Reasons())


def test_what_a_field_means_and_decides() -> None:
    found = shown(service("api", "repli‸cas: 2"))
    assert found is not None
    assert found.text.startswith("**spec.replicas**, integer, default 1\n\n")
    assert "Decides:\n- Deployment `spec.replicas`" in found.text


def test_fields_of_short_forms() -> None:
    found = shown(service("api", "ports: {ht‸tp: 80}"))
    assert found is not None
    assert "- Service `spec.ports[0].name`" in found.text
    found = shown(service().replace("image:", "ima‸ge:"))
    assert found is not None
    assert "spec.template.spec.containers[0].image" in found.text


def test_what_a_resource_becomes() -> None:
    found = shown(service("api", "ports: {http: 80}").replace("kind: Service", "kind: Ser‸vice"))
    assert found is not None
    assert found.text.startswith("**kind**\n\nA stateless workload.")
    assert "Becomes:\n- Service `api`\n- Deployment `api`" in found.text


def test_nothing_beside_the_text() -> None:
    assert shown(service("api", "replicas: 2   ‸")) is None
    assert shown(service("api", "unknown‸: 2")) is None
    assert shown("‸") is None


def test_a_broken_document_says_what_fields_mean() -> None:
    found = shown(service("api", "repli‸cas: 2", "env: {"), before=service("api", "replicas: 2"))
    assert found is not None
    assert "**spec.replicas**" in found.text
    assert "Decides" not in found.text


def test_nobody_waits_for_what_a_long_resource_decides() -> None:
    found = shown(service("api", "repli‸cas: 2", f"env: {{{', '.join(f'A{number}: b' for number in range(500))}}}"))
    assert found is not None
    assert "**spec.replicas**" in found.text
    assert found.text.endswith("`hzc show --why` says it.")


def test_no_value_of_a_secret_is_shown_anywhere() -> None:
    credentials = """\
apiVersion: v1
kind: Secret
metadata: {name: s, namespace: shop}
stringData: {a: hunter2, b: 'postgres://u:hunter2@h/d'}
data: {c: aHVudGVyMg==}
"""
    resource = service(
        "api",
        "env: {PASSWORD: hunter2, URL: 'postgres://u:hunter2@db/d', BOTH: 'a $(PASSWORD) hunter2'}",
        "args: [--password, hunter2]",
        "envFrom: [{secretRef: {name: s}}]",
        "configs: [{name: c, files: {x: hunter2}, mountPath: /c}]",
    )
    working = WorkingSet()
    working.update("a.yaml", credentials)
    working.update("b.yaml", resource)
    working.found()
    known = Reasons()
    for file in working.files.values():
        for line, text in enumerate(file.text.lines):
            for column in range(len(text)):
                place = view_at(working, file, Position(line, column))
                found = hover(place, known) if place else None
                assert found is None or ("hunter2" not in found.text and "aHVudGVyMg" not in found.text)
