"""What becomes of Score files, field by field and as a whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.importing import Imported
from hanzo_constructs.importing.python.short import short_spec
from hanzo_constructs.importing.score import import_score
from hanzo_constructs.importing.score.placeholders import pieces_of, resolved
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.platform import Platform
from tests.importing.beside import Beside
from tests.importing.programs import same_documents
from tests.properties.parts import Data


def imported(
    container: str, rest: str = "", *, renders: bool = True, files: dict[str, bytes] | None = None
) -> Imported:
    """Import a workload with a *container* of these fields and the *rest* of the file, and try that it *renders*."""
    given = container if container.startswith("image:") else f"image: a/web:v1, {container}"
    text = (
        "apiVersion: score.dev/v1b1\nmetadata: {name: web, annotations: {acme/team: shop}}\n"
        f"containers: {{main: {{{given}}}}}\n{rest}"
    )
    (document,) = load_all(text, name="score.yaml")
    found, findings = import_score(document, Beside(files or {}), Platform())
    assert not [finding for finding in findings if finding.severity == "error"]
    if renders:
        same_documents(found.resources, Platform())
    return found


WEB = {"image": "a/web:v1", "annotations": {"acme/team": "shop"}}
POSTGRES = "resources: {db: {type: postgres}}"
SAID: list[tuple[str, str, Data]] = [
    ("command: [a], args: [b, '$(X)']", "", {"command": ["a"], "args": ["b", "$(X)"]}),
    ("resources: {limits: {cpu: 250m}}", "", {"resources": {"limits": {"cpu": "250m"}}}),
    ("variables: {A: 'x-${metadata.name}', B: '$${y}'}", "", {"env": {"A": "x-web", "B": "${y}"}}),
    ("variables: {A: '${metadata.annotations.acme/team}'}", "", {"env": {"A": "shop"}}),
    (
        "command: [a]",
        "service: {ports: {www: {port: 80, targetPort: 8080}, dns: {port: 53, protocol: UDP}}}",
        {
            "command": ["a"],
            "ports": {
                "www": {"containerPort": 8080, "servicePort": 80},
                "dns": {"containerPort": 53, "protocol": "UDP"},
            },
        },
    ),
    (
        "livenessProbe: {httpGet: {path: /up, port: 8080}}, readinessProbe: {exec: {command: [ok]}}",
        "",
        {
            "ports": {"probe-8080": {"containerPort": 8080, "expose": False}},
            "livenessProbe": {"path": "/up", "port": 8080},
            "readinessProbe": {"exec": {"command": ["ok"]}},
        },
    ),
    (
        "volumes: {/data: {source: '${resources.data}', path: sub, readOnly: true}}",
        "resources: {data: {type: volume}}",
        {
            "persistence": [{"name": "data", "size": "10Gi"}],
            "strategy": "Recreate",
            "volumeMounts": [{"name": "data", "mountPath": "/data", "subPath": "sub", "readOnly": True}],
        },
    ),
    (
        "variables: {HOST: '${resources.other.hostname}', URL: 'http://${resources.other.hostname}:${resources.other.port}/'}",
        "resources: {other: {type: service-port, params: {workload: api}}}",
        {
            "connections": [
                {"kind": "Service", "name": "api", "env": {"HOST": "host", "URL": "http://${host}:${port}/"}}
            ]
        },
    ),
    ("variables: {A: '${resources.api.name}:80'}", "resources: {api: {type: service}}", {"env": {"A": "api:80"}}),
    (
        "command: [a]",
        "service: {ports: {www: {port: 80}}}\nresources: {r: {type: route, params: {host: a.example.com, path: /x, port: 80}}}",
        {
            "command": ["a"],
            "ports": {"www": 80},
            "ingress": {"rules": [{"host": "a.example.com", "paths": [{"path": "/x", "port": "www"}]}]},
        },
    ),
]


def test_what_a_field_becomes() -> None:
    for container, rest, wanted in SAID:
        found = imported(container, rest, renders=False)
        assert short_spec(found.resources[0]["spec"]) == WEB | wanted, container
        assert found.remainder == (), container


def test_a_database_that_is_asked_for() -> None:
    container = (
        "variables: {URL: 'postgres://${resources.db.username}:${resources.db.password}@${resources.db.host}:"
        "${resources.db.port}/${resources.db.name}', PASSWORD: '${resources.db.password}'}"
    )
    found = imported(container, POSTGRES)
    web, database = found.resources
    assert web["spec"]["connections"] == [
        {
            "kind": "SQL",
            "name": "web-db",
            "env": {
                "URL": "postgres://${secret/POSTGRES_USER}:${secret/POSTGRES_PASSWORD}@${host}:${port}/${database}",
                "PASSWORD": "secret/POSTGRES_PASSWORD",
            },
        }
    ]
    assert database["spec"]["credentialsSecret"] == "web-db-credentials"
    assert [left.why for left in found.remainder] == [
        "make the Secret web-db-credentials with the keys POSTGRES_USER, POSTGRES_PASSWORD"
    ]


def test_a_cache_has_a_password_where_one_is_asked_for() -> None:
    cache = "resources: {c: {type: redis, id: shared}}"
    found = imported("variables: {HOST: '${resources.c.host}', USER: '${resources.c.username}'}", cache)
    assert found.remainder == ()
    assert found.resources[0]["spec"]["env"] == [{"name": "USER", "value": "default"}]
    assert found.resources[1]["metadata"]["name"] == "shared"
    found = imported("variables: {A: '${resources.c.host}', P: '${resources.c.password}'}", cache)
    assert found.resources[1]["spec"]["args"] == ["--requirepass", "$(VALKEY_PASSWORD)"]


def test_outputs_of_what_no_resource_is_are_keys_of_a_secret() -> None:
    found = imported("variables: {HOST: '${resources.q.host}'}", "resources: {q: {type: amqp}}")
    assert found.resources[0]["spec"]["env"] == [
        {"name": "HOST", "valueFrom": {"secretKeyRef": {"name": "web-q", "key": "host"}}}
    ]
    assert [left.why for left in found.remainder] == ["no resource is one; run it, and make the Secret web-q with host"]


def test_files_stand_beside() -> None:
    fields = (
        "[{target: /a.txt, content: 'for ${metadata.name}', mode: '0600'}, {target: /b, source: b.txt, noExpand: true}]"
    )
    found = imported(f"files: {fields}", files={"b.txt": b"${x}"})
    assert [each["data"] for each in found.objects_beside] == [{"a.txt": "for web"}, {"b": "${x}"}]
    assert found.resources[0]["spec"]["volumes"][0]["configMap"] == {"name": "web-file-1", "defaultMode": 0o600}


LEFT = [
    ("variables: {A: '${resources.none.x}'}", "", "containers.main.variables.A"),
    ("variables: {A: 'x${resources.q.y}'}", "resources: {q: {type: amqp}}", "containers.main.variables.A"),
    ("files: {/a: {source: gone}}", "", 'containers.main.files["/a"]'),
    ("files: {/a: {content: '${resources.q.y}'}}", "", 'containers.main.files["/a"]'),
    ("volumes: {/a: {source: x}}", "", 'containers.main.volumes["/a"]'),
    ("command: [a]", "service: {ports: {www: {}}}", "service.ports.www"),
    ("command: [a]", "resources: {r: {type: route, params: {host: '${resources.dns.host}'}}}", "resources.r"),
    ("command: [a]", "other: 1", "other"),
]


def test_what_is_left_is_listed() -> None:
    for container, rest, path in LEFT:
        assert path in [left.path for left in imported(container, rest).remainder], (container, rest)
    assert [left.path for left in imported("image: .").remainder] == ["containers.main.image"]


def test_other_containers_are_sidecars() -> None:
    text = (
        "apiVersion: score.dev/v1b1\nmetadata: {name: web, namespace: shop}\ncontainers:\n  log: {image: a/log:v1,"
        " livenessProbe: {httpGet: {path: /, port: 1}}}\n  web: {image: a/web:v1}\n"
    )
    (document,) = load_all(text)
    found, _ = import_score(document, Beside(), Platform())
    (web,) = found.resources
    assert web["spec"]["image"] == "a/web:v1"
    assert web["metadata"]["namespace"] == "shop"
    assert web["spec"]["sidecars"] == [
        {"name": "log", "image": "a/log:v1", "livenessProbe": {"httpGet": {"path": "/", "port": 1}}}
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1", "apiVersion: must be score.dev/v1b1, got null"),
        (
            "apiVersion: score.dev/v1b1\nmetadata: {name: 1}\ncontainers: {a: {image: b}}",
            "metadata.name: must be the name",
        ),
        ("apiVersion: score.dev/v1b1\nmetadata: {name: web}", "containers: must be a mapping of containers"),
        (
            "apiVersion: score.dev/v1b1\nmetadata: {name: web}\ncontainers: {a: {image: b}}\nresources: {a: 1}",
            "resources.a: expected a mapping with a type",
        ),
    ],
)
def test_what_is_no_score_file(text: str, message: str) -> None:
    (document,) = load_all(text)
    _, findings = import_score(document, Beside(), Platform())
    assert any(message in str(finding) for finding in findings)


@given(st.text(alphabet="${}.\\ab"))
def test_placeholders_of_any_text(text: str) -> None:
    whole: Any = resolved(text, lambda _: "")
    assert isinstance(whole, str)
    assert "$" in text or [piece.text for piece in pieces_of(text)] == [text][: bool(text)]
