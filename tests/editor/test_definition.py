"""From a name to where it is declared."""

from __future__ import annotations

import pytest

from hanzo_constructs.editor.definition import definitions
from tests.editor.inputs import service
from tests.editor.places import view
from tests.editor.test_completion import CREDENTIALS, DATABASE, OBJECTS, WEB


def declared(text: str, *others: str) -> list[tuple[str, int, str]]:
    """Return file, line and what stands there, of each place that is led to."""
    found = definitions(view(text, *others))
    return [(each.file.name, each.span.start.line + 1, each.file.text.cut(each.span)) for each in found]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("connections: [{kind: SQL, name: d‸b}]", ("other-0.yaml", 3, "db")),
        ("connections: [{kind: Service, name: web, port: metr‸ics}]", ("other-3.yaml", 4, "web")),
        ("envFrom: [{secretRef: {name: ‸db-credentials}}]", ("other-1.yaml", 3, "db-credentials")),
        ("envFrom: [{configMapRef: {name: settings‸}}]", ("other-2.yaml", 3, "settings")),
        ("env: {A: {secretKeyRef: {name: db-credentials, key: POSTGRES_‸USER}}}", ("other-1.yaml", 4, "shop")),
        ("serviceAccountName: wor‸ker", ("other-2.yaml", 8, "worker")),
        ("env: {A: http://w‸eb.shop.svc/x}", ("other-3.yaml", 4, "web")),
        ("env: {A: 'http://web‸:80/x'}", ("other-3.yaml", 4, "web")),
    ],
)
def test_names_of_the_set(line: str, place: tuple[str, int, str]) -> None:
    assert declared(service("api", line), DATABASE, CREDENTIALS, OBJECTS, WEB) == [place]


def test_names_in_the_resource_itself() -> None:
    text = service("api", "ports: {http: 80}", "readinessProbe: {httpGet: {port: ht‸tp}}")
    assert declared(text) == [("here.yaml", 8, "80")]
    text = service("api", "volumes: [{name: cache, emptyDir: {}}]", "volumeMounts: [{name: c‸ache, mountPath: /c}]")
    assert declared(text) == [("here.yaml", 8, "cache")]


def test_nothing_for_what_is_not_in_the_set_and_for_what_names_nothing() -> None:
    assert declared(service("api", "envFrom: [{secretRef: {name: ab‸sent}}]")) == []
    assert declared(service("api", "replicas: ‸2")) == []
    assert declared(service("api", "repl‸icas: 2")) == []
    assert declared("‸") == []


def test_an_object_of_ones_own_leads_to_what_it_scales() -> None:
    scaler = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: scaler, namespace: shop}
spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: w‸eb}}
"""
    assert declared(scaler, WEB) == [("other-0.yaml", 4, "web")]
