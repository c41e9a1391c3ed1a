"""What becomes of compose files, field by field and as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.importing import Imported
from hanzo_constructs.importing.compose import import_compose, with_merge_keys_quoted
from hanzo_constructs.importing.compose.interpolation import interpolated
from hanzo_constructs.importing.compose.merging import merged
from hanzo_constructs.importing.compose.words import bytes_of, pairs, port_of, seconds, volume_of, words
from hanzo_constructs.importing.notes import dns_label, may_be_secret
from hanzo_constructs.importing.python.short import short_spec
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.platform import Platform
from tests.importing.beside import Beside
from tests.importing.programs import same_documents
from tests.properties.parts import Data

GOLDEN = Path(__file__).parent / "golden"


def imported(text: str, **files: bytes) -> Imported:
    """Import the compose file *text*, which is right."""
    beside = Beside({name.replace("__", "/"): content for name, content in files.items()})
    (document,) = load_all(with_merge_keys_quoted(text), name="compose.yaml")
    found, findings = import_compose(document, beside, Platform())
    assert not [finding for finding in findings if finding.severity == "error"]
    return found


def one(fields: str, **files: bytes) -> tuple[Data, list[tuple[str, str]]]:
    """Return the spec of a service with these *fields*, and the paths and reasons of what is left of it."""
    found = imported(f"services:\n  web: {{image: a/web:v1, {fields}}}\n", **files)
    specs = [each["spec"] for each in found.resources if each["metadata"]["name"] == "web"]
    (spec,) = specs
    return spec, [(left.path.removeprefix("services.web."), left.why) for left in found.remainder]


SAID: list[tuple[str, Data]] = [
    ("command: a 'b c'", {"args": ["a", "b c"]}),
    ("command: [a, '$(X)', '$$Y'], entrypoint: /run.sh", {"command": ["/run.sh"], "args": ["a", "$$(X)", "$Y"]}),
    ("environment: {A: 1, B: true, C: null-, D: '$$(X)'}", {"env": {"A": "1", "B": "true", "C": "null-", "D": "$$(X)"}}),
    ("environment: [A=b=c, E=]", {"env": {"A": "b=c", "E": ""}}),
    ("env_file: [a.env]", {"env": {"A": "b", "C": "d e"}}),
    ("expose: [80, 80/udp, 9000/udp]", {"ports": {"http": 80, "udp-80": {"containerPort": 80, "protocol": "UDP"}, "udp-9000": {"containerPort": 9000, "protocol": "UDP"}}}),
    ("ports: ['127.0.0.1:1234:3000']", {"ports": {"http": 3000}}),
    ("deploy: {replicas: 3}", {"replicas": 3}),
    ("scale: 2", {"replicas": 2}),
    (
        "deploy: {resources: {limits: {cpus: '0.5', memory: 512M}, reservations: {memory: 0.25gb}}}",
        {"resources": {"requests": {"memory": "0.25Gi"}, "limits": {"cpu": "0.5", "memory": "512Mi"}}},
    ),
    ("mem_limit: 64m, cpus: 2", {"resources": {"limits": {"cpu": "2", "memory": "64Mi"}}}),
    ("user: '1000:2000'", {"containerSecurityContext": {"runAsUser": 1000, "runAsGroup": 2000}}),
    ("cap_add: [CAP_SYS_TIME], read_only: true", {
        "containerSecurityContext": {"capabilities": {"add": ["SYS_TIME"]}, "readOnlyRootFilesystem": True}
    }),
    ("privileged: true", {"containerSecurityContext": {"privileged": True}}),
    ("security_opt: ['no-new-privileges:true']", {"containerSecurityContext": {"allowPrivilegeEscalation": False}}),
    ("stop_grace_period: 1m30s", {"terminationGracePeriodSeconds": 90}),
    ("extra_hosts: ['db.local:10.0.0.1']", {"hostAliases": [{"ip": "10.0.0.1", "hostnames": ["db.local"]}]}),
    ("pull_policy: always", {"image": {"repository": "a/web", "tag": "v1", "pullPolicy": "Always"}}),
    ("working_dir: /srv", {"overlay": {"Deployment": {"spec": {"template": {"spec": {"containers": [
        {"name": "web", "workingDir": "/srv"}]}}}}}}),
    ("tmpfs: /run/x", {
        "volumes": [{"name": "tmpfs", "emptyDir": {"medium": "Memory"}}],
        "volumeMounts": [{"name": "tmpfs", "mountPath": "/run/x"}],
    }),
    ("shm_size: 1gb", {
        "volumes": [{"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "1Gi"}}],
        "volumeMounts": [{"name": "shm", "mountPath": "/dev/shm"}],  # noqa: S108 - a path in the container
    }),
    ("volumes: [/cache]", {
        "volumes": [{"name": "cache", "emptyDir": {}}], "volumeMounts": [{"name": "cache", "mountPath": "/cache"}]
    }),
    ("volumes: ['data:/data']", {
        "strategy": "Recreate", "persistence": [{"name": "data", "size": "10Gi", "mountPath": "/data"}]
    }),
    ("volumes: ['./data:/data']", {
        "strategy": "Recreate", "persistence": [{"name": "data", "size": "10Gi", "mountPath": "/data"}]
    }),
    ("volumes: ['data:/data:ro'], deploy: {replicas: 2}", {
        "replicas": 2,
        "persistence": [{"name": "data", "size": "10Gi", "accessModes": ["ReadWriteMany"]}],
        "volumeMounts": [{"name": "data", "mountPath": "/data", "readOnly": True}],
    }),
    ("volumes: ['./conf.d:/etc/web:ro']", {"configs": [
        {"name": "web", "files": {"a.conf": "x", "b.conf": "y"}, "mountPath": "/etc/web"}]}),
    ("expose: [3000], healthcheck: {test: 'curl -f http://localhost:3000/up || exit 1', interval: 30s, retries: 5}", {
        "ports": {"http": 3000},
        "readinessProbe": {"path": "/up", "port": 3000, "periodSeconds": 30, "failureThreshold": 5},
    }),
    ("healthcheck: {test: [CMD, pg_isready, -U, x], timeout: 500ms, start_period: 0s}", {"readinessProbe": {
        "exec": {"command": ["pg_isready", "-U", "x"]}, "timeoutSeconds": 1, "initialDelaySeconds": 0}}),
    ("healthcheck: {disable: true}", {}),
]  # fmt: skip


def test_what_a_field_becomes() -> None:
    files = {"a.env": b"# x\nA=b\nexport C='d e'\n", "conf.d/a.conf": b"x", "conf.d/b.conf": b"y"}
    for fields, wanted in SAID:
        spec, left = one(fields, **{name.replace("/", "__"): content for name, content in files.items()})
        assert short_spec(spec) == {"image": "a/web:v1", **wanted}, fields
        assert left == [], fields


LEFT = [
    ("build: .", "build"),
    ("ports: ['8080:80']", "ports[0]"),
    ("ports: ['x:y']", "ports[0]"),
    ("environment: [HOME]", "environment.HOME"),
    ("environment: {A: '${NOBODY}'}", "environment.A"),
    ("environment: {DB_PASSWORD: hunter2}", "environment.DB_PASSWORD"),
    ("env_file: missing.env", "env_file[0]"),
    ("volumes: ['/var/run/docker.sock:/var/run/docker.sock']", "volumes[0]"),
    ("volumes: ['/etc/localtime:/etc/localtime:ro']", "volumes[0]"),
    ("volumes: ['./tls.key:/tls.key']", "volumes[0]"),
    ("volumes: ['../up:/x']", "volumes[0]"),
    ("volumes: [{type: npipe, source: x, target: /x}]", "volumes[0]"),
    ("volumes: ['a:b:c:d']", "volumes[0]"),
    ("secrets: [token]", "secrets[0]"),
    ("configs: [elsewhere]", "configs[0]"),
    ("network_mode: host", "network_mode"),
    ("devices: [/dev/dri]", "devices"),
    ("user: node", "user"),
    ('command: "it\'s"', "command"),
    ("healthcheck: {test: [CMD]}", "healthcheck.test"),
    ("deploy: {mode: global}", "deploy.mode"),
    ("deploy: {resources: {limits: {memory: lots}}}", "deploy.resources.limits.memory"),
    ("restart: 'no'", "restart"),
    ("extra_hosts: ['host.docker.internal:host-gateway']", "extra_hosts"),
    ("security_opt: ['seccomp:unconfined']", "security_opt[0]"),
    ("unheard_of: 1", "unheard_of"),
]


def test_what_is_left_is_listed() -> None:
    for fields, path in LEFT:
        spec, left = one(fields)
        assert [place for place, _ in left] == [path], fields
        assert "hunter2" not in repr((spec, left))


def test_services_that_are_left_as_a_whole() -> None:
    found = imported("""\
services:
  tools: {image: a/b, profiles: [debug]}
  a_b: {image: a/b}
  a-b: {image: a/b}
  ___: {image: a/b}
  odd: {image: 'a b'}
  huge: {image: a/b, cpus: many}
include: [other.yaml]
""")
    assert [each["metadata"]["name"] for each in found.resources] == ["a-b", "odd"]
    assert [left.path for left in found.remainder] == [
        "include",
        "services.tools.profiles",
        "services.a-b",
        "services.___",
        "services.odd.image",
        "services.huge",
    ]


def test_networks_that_keep_services_apart_are_left_once() -> None:
    text = "services:\n  a: {image: a/b, networks: [x]}\n  b: {image: a/b, networks: [%s]}\n"
    assert imported(text % "x").remainder == ()
    assert [left.path for left in imported(text % "z").remainder] == ["networks"]


def test_a_file_becomes_a_config_map_beside() -> None:
    found = imported(
        "services:\n  web: {image: a/b, volumes: ['./a.conf:/etc/b.conf'], configs: [{source: c, target: /c.txt}]}\n"
        "configs: {c: {content: hello}}\n",
        **{"a.conf": b"x"},
    )
    assert [each["data"] for each in found.objects_beside] == [{"b.conf": "x"}, {"c.txt": "hello"}]
    assert [each["mountPath"] for each in found.resources[0]["spec"]["volumeMounts"]] == ["/etc/b.conf", "/c.txt"]


def test_a_whole_file_is_the_golden_one(request: pytest.FixtureRequest) -> None:
    found = imported((GOLDEN / "compose.yaml").read_text(), **{"nginx.conf": b"server {}\n"})
    program = same_documents(found.resources, Platform())
    lines = [f"# {left.path}: {left.value}: {left.why}\n" for left in found.remainder]
    text = "".join([*lines, program])
    if request.config.getoption("--update-golden"):
        (GOLDEN / "compose.txt").write_text(text)
    assert text == (GOLDEN / "compose.txt").read_text()
    assert "hunter2" not in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1", "services: expected a mapping of services, got none"),
        ("services: []", "services: expected a mapping of services, got none"),
        ("[1]", "expected a mapping of services, got a list"),
        ("services: {a: 1}", "services.a: expected a mapping"),
    ],
)
def test_what_is_no_compose_file(text: str, message: str) -> None:
    (document,) = load_all(text, name="x")
    _, findings = import_compose(document, Beside(), Platform())
    assert [str(finding) for finding in findings] == [f"x:1: {message}"]


@pytest.mark.parametrize(
    ("text", "value", "unset"),
    [
        ("$A-${B}", "-", ["A", "B"]),
        ("${A:-x}${A-y}", "xy", []),
        ("${A:-${B:-z}}", "z", []),
        ("${A:-${B}}", "", ["B"]),
        ("${A:?is needed}", "", ["A"]),
        ("${A:+other}${A+$B}", "", []),
        ("$$A $${B} $ ${", "$A ${B} $ ${", []),
        ("${A:-a}b}", "ab}", []),
    ],
)
def test_interpolation(text: str, value: str, unset: list[str]) -> None:
    found: list[str] = []
    assert interpolated({"k": [text]}, lambda _, name: found.append(name)) == {"k": [value]}
    assert found == unset


@given(st.text(alphabet="$${}:-?+AB_ \n"))
def test_interpolation_ends_for_any_text(text: str) -> None:
    assert isinstance(interpolated(text, lambda *_: None), str)


def test_merge_keys() -> None:
    assert merged({"<<": [{"a": 1, "b": 1}, {"b": 2, "c": 2}], "c": 3}) == {"a": 1, "b": 1, "c": 3}
    found = imported("x-a: &a {environment: {A: '1'}}\nservices:\n  web:\n    <<: *a\n    image: a/b\n")
    assert found.resources[0]["spec"]["env"] == [{"name": "A", "value": "1"}]


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (seconds, "1h1m1.6s", 3662),
        (seconds, "10", None),
        (seconds, 10, 10),
        (bytes_of, "1.5g", "1.5Gi"),
        (bytes_of, 1024, "1024"),
        (bytes_of, "50mb", "50Mi"),
        (bytes_of, "much", None),
        (words, "'", None),
        (words, 1, None),
        (pairs, ["A=1", "B"], {"A": "1", "B": None}),
        (port_of, "70000", None),
        (port_of, {"target": "80", "published": 8080}, [(80, "TCP", "8080", False)]),
        (port_of, "[::1]:80:80", [(80, "TCP", "80", True)]),
        (port_of, "3000-3001", [(3000, "TCP", "", False), (3001, "TCP", "", False)]),
        (volume_of, "a:/b:z", ("volume", "a", "/b", False, "")),
        (volume_of, {"type": "bind", "source": ".", "target": "/x", "read_only": True}, ("bind", ".", "/x", True, "")),
        (dns_label, "My_DB.1", "my-db-1"),
        (dns_label, "9", "s-9"),
        (dns_label, "--", ""),
    ],
)
def test_words(read: Any, text: Any, value: Any) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("name", "value", "answer"),
    [
        ("DB_PASSWORD", "x", True),
        ("DB_PASSWORD_FILE", "/x", False),
        ("ALLOW_EMPTY_PASSWORD", "yes", False),
        ("SECRET_KEY_BASE", "x", True),
        ("URL", "http://a:b@c", True),
        ("TOKEN_TTL", "5", False),
        ("NAME", "x", False),
    ],
)
def test_what_may_be_a_secret(name: str, value: str, answer: bool) -> None:  # noqa: FBT001
    assert may_be_secret(name, value) is answer


@pytest.mark.parametrize(
    ("fields", "path", "message"),
    [
        ("ports: 80", "ports", "expected a list, got an integer"),
        ('volumes: "a:/b"', "volumes", "expected a list, got a string"),
        ("networks: 3", "networks", "expected a list or a mapping, got an integer"),
        ("networks: {a: {aliases: 3}}", "networks.a.aliases", "expected a list, got an integer"),
        ("depends_on: [[a]]", "depends_on[0]", "expected a string, got a list"),
        ("deploy: {resources: 3}", "deploy.resources", "expected a mapping, got an integer"),
        ("env_file: 3", "env_file", "expected a string or a list, got an integer"),
    ],
)
def test_fields_of_another_shape(fields: str, path: str, message: str) -> None:
    (document,) = load_all(f"services:\n  web: {{image: a/web:v1, {fields}}}\n", name="compose.yaml")
    _, findings = import_compose(document, Beside({}), Platform())
    assert [(finding.path, finding.message) for finding in findings] == [(f"services.web.{path}", message)]


def test_numbers_and_switches_that_variables_give() -> None:
    spec, left = one(
        "deploy: {replicas: '${N:-3}'}, privileged: '${P:-true}', read_only: 'true',"
        " healthcheck: {test: [CMD, a], retries: '4'}"
    )
    assert (spec["replicas"], spec["readinessProbe"]["failureThreshold"]) == (3, 4)
    assert spec["containerSecurityContext"] == {"privileged": True, "readOnlyRootFilesystem": True}
    assert left == []
    assert one("deploy: {resources: {limits: {cpus: '1'}}}, scale: 2")[0]["replicas"] == 2


def test_what_is_no_number_is_left() -> None:
    fields = (
        "deploy: {replicas: many}, scale: 1.5, stop_grace_period: soon, shm_size: large, pull_policy: daily,"
        " healthcheck: {test: [CMD, a], interval: often, retries: some}"
    )
    assert {path for path, _ in one(fields)[1]} == {
        *("deploy.replicas", "scale", "stop_grace_period", "shm_size", "pull_policy"),
        *("healthcheck.interval", "healthcheck.retries"),
    }


def test_an_image_that_nobody_says_is_left() -> None:
    found = imported("services: {web: {command: a}}")
    assert [(left.path, left.why) for left in found.remainder] == [
        ("services.web.image", "is not said; web:latest is written")
    ]
