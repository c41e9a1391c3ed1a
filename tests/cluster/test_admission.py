"""A real API server says of resources and objects what compiling says by the rules of the company."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.platform import Platform
from hanzo_constructs.platform_rules.judge import broken_by_object, broken_by_resource
from hanzo_constructs.schema.crd import custom_resource_definition
from hanzo_constructs.schema.policies import admission_policies
from hanzo_constructs.spec.kinds import KINDS, parse
from tests.cel.test_expression import TRUE
from tests.cluster.client import Answer, Client
from tests.cluster.server import ControlPlane, running, until
from tests.schema.test_policies import OPENED, OVERLAYS, with_overlay

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

OF_RESOURCES = {
    "two-replicas": "object.spec.?replicas.orValue(1) >= 2",
    "team": "object.metadata.?labels[?'hanzo.ai/team'].orValue('') != ''",
    "registry": "object.spec.image.repository.startsWith('ghcr.io/hanzoai/')",
    "ports": "object.spec.?ports.orValue([]).all(p, p.containerPort > 1024)",
    "names": "object.spec.?ports.orValue([]).map(p, p.name).join('-').size() < 12",
    "absent": "object.spec.nothing == 1",
    "wrong-type": "object.metadata.name + object.spec.?replicas.orValue(1) == ''",
    "memory": "quantity(object.spec.?resources.?limits.?memory.orValue('0')).isLessThan(quantity('1Gi'))",
    "kind": "object.kind == 'Service' && object.apiVersion == 'hanzo.ai/v1'",
}
OF_OBJECTS = {
    "images": "object.spec.?template.?spec.?containers.orValue([]).all(c, c.image.startsWith('ghcr.io/hanzoai/'))",
    "labels": "object.metadata.labels['app.kubernetes.io/managed-by'] == 'hanzo-constructs'",
    "limits": "object.spec.?template.?spec.?containers.orValue([]).all(c, has(c.resources.limits))",
    "ports-of-services": "object.kind != 'Service' || object.spec.ports.map(p, int(p.port)).sum() < 9000",
    "no-annotation": "!has(object.metadata.annotations) || object.metadata.annotations.all(k, k.indexOf('/') > 0)",
    "quantities": (
        "object.spec.?template.?spec.?containers.orValue([]).all(c, "
        "quantity(c.?resources.?requests.?cpu.orValue('0')).compareTo(quantity('0.2')) <= 0)"
    ),
    "words": "object.metadata.name.upperAscii().lowerAscii() == object.metadata.name",
    "absent": "object.metadata.annotations.nothing == ''",
}
SPECS: dict[str, dict[str, Any]] = {
    "least": {},
    "two": {"replicas": 2, "ports": [{"name": "http", "containerPort": 8080}]},
    "low-port": {"ports": [{"name": "http", "containerPort": 80}, {"name": "long-name-of-it", "containerPort": 9000}]},
    "memory": {"resources": {"limits": {"memory": "2Gi"}, "requests": {"cpu": 1}}},
    "other": {"image": {"repository": "docker.io/library/nginx", "tag": "v1"}, "replicas": 3},
}


def resource(name: str, **labels: str) -> dict[str, Any]:
    spec = {"image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1"}} | SPECS[name]
    metadata = {"name": name, "namespace": "default", "labels": labels}
    return {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": metadata, "spec": spec}


def _rule(name: str, expression: str, match: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "match": match, "expression": expression, "message": name, "severity": "warning"}


CONFIG = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "functions", "namespace": "default"}}
_FUNCTIONS = [text for text in TRUE if "object" not in text]
_LAST = "z-last"
_DEFAULTED = "defaulted"
PLATFORM = parse_as(
    Platform,
    {
        "output": "resources",
        "overlay": [*OPENED],
        "rules": [
            *(_rule(f"r-{name}", text, {"resources": ["Service"]}) for name, text in OF_RESOURCES.items()),
            *(
                _rule(f"o-{name}", text, {"objects": ["apps/Deployment", "Service"]})
                for name, text in OF_OBJECTS.items()
            ),
            *(_rule(f"f-{number}", text, {"objects": ["ConfigMap"]}) for number, text in enumerate(_FUNCTIONS)),
            *(_rule(f"n-{number}", f"!({text})", {"objects": ["ConfigMap"]}) for number, text in enumerate(_FUNCTIONS)),
            _rule(_DEFAULTED, "has(object.spec.template.spec.restartPolicy)", {"objects": ["apps/Deployment"]}),
            _rule("r-new", "false", {"resources": ["Service"]}) | {"epoch": "2026"},
            _rule("denied", "object.metadata.name != 'denied'", {"objects": ["Secret"]})
            | {"severity": "error", "messageExpression": "'no ' + object.metadata.name", "reason": "Forbidden"},
            _rule("told", "object.metadata.name != 'told'", {"objects": ["ServiceAccount"]})
            | {"severity": "error", "messageExpression": "'no %s'.format([object.metadata.name])"},
            _rule(_LAST, "false", {"objects": ["ConfigMap", "Secret", "ServiceAccount", "apps/Deployment", "Service"]}),
            _rule(f"{_LAST}-resources", "false", {"resources": ["Service"]}),
        ],
    },
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, control_plane: ControlPlane) -> Iterator[Client]:
    """A server of its own, whose policies judge nobody else's objects."""
    if control_plane.minor < 30:
        # an older server has nothing to ask
        pytest.skip("Kubernetes has ValidatingAdmissionPolicies of v1 from 1.30 on")
    with running(tmp_path_factory.mktemp("admission")) as server:
        assert not server.client.create(custom_resource_definition(KINDS["Service"], PLATFORM)).message
        found = admission_policies(PLATFORM)
        assert found.left_out == []
        for manifest in found.manifests:
            answer = server.client.create(manifest)
            assert (answer.message, answer.warnings) == ("", ())
        asked = [resource("least"), CONFIG, *compile_resource(parse(resource("two"))).manifests]
        until(lambda: all(_LAST in " ".join(_warned(server.client, each)) for each in asked))
        until(
            lambda: "overlay" in _sent(server.client, with_overlay({"Deployment": {"spec": {"paused": True}}})).message
        )
        yield server.client


def _sent(client: Client, manifest: dict[str, Any]) -> Answer:
    return client.create(manifest, dry_run=True)


def _warned(client: Client, manifest: dict[str, Any]) -> list[str]:
    """Return the rules that the server warns of."""
    answer = _sent(client, manifest)
    if answer.status in {404, 409}:
        return []
    assert not answer.message, manifest
    found = (re.search(r"ValidatingAdmissionPolicy '([\w-]+)\.hanzo\.ai'", each) for each in answer.warnings)
    return sorted(each[1] for each in found if each)


def _named(findings: Any) -> list[str]:
    return sorted(re.findall(r"rule ([\w-]+)", " ".join(finding.message for finding in findings)))


@pytest.mark.parametrize("labels", [{}, {"hanzo.ai/team": "chat"}], ids=["no labels", "a team"])
@pytest.mark.parametrize("epoch", ["2025", "2026", None])
@pytest.mark.parametrize("name", SPECS)
def test_resources_are_judged_alike(server: Client, name: str, labels: dict[str, str], epoch: str | None) -> None:
    document = resource(name, **labels)
    if epoch:
        document["metadata"]["annotations"] = {"hanzo.ai/epoch": epoch}
    written = compile_resource(parse(document)).resource_manifest
    ours = _named(broken_by_resource(PLATFORM.rules_, "Service", written, epoch or PLATFORM.epoch))
    assert _warned(server, written) == ours
    assert ("r-new" in ours) is (epoch != "2025")


@pytest.mark.parametrize("name", SPECS)
def test_objects_are_judged_alike(server: Client, name: str) -> None:
    for manifest in compile_resource(parse(resource(name))).manifests:
        ours = _named(broken_by_object(PLATFORM.rules_, manifest, "2026"))
        if manifest["kind"] == "Deployment":  # the one difference: there, the rule is asked of what has defaults
            ours.remove(_DEFAULTED)
        assert _warned(server, manifest) == ours


def test_functions_have_the_values_of_kubernetes(server: Client) -> None:
    """Each is true, and what says that it is not is false; neither fails."""
    answer = _sent(server, CONFIG)
    told = " ".join(answer.warnings)
    assert _warned(server, CONFIG) == sorted([*(f"n-{number}" for number in range(len(_FUNCTIONS))), _LAST])
    assert "errors" not in told
    assert _named(broken_by_object(PLATFORM.rules_, CONFIG, "2026")) == _warned(server, CONFIG)


def test_an_error_is_denied_with_its_message_and_reason(server: Client) -> None:
    account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "told", "namespace": "default"}}
    answer = _sent(server, account)
    assert (answer.status, answer.message.endswith("denied request: no told")) == (422, True)
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "denied", "namespace": "default"}}
    answer = _sent(server, secret)
    assert (answer.status, answer.message.endswith("denied request: denied")) == (403, True)


def test_namespaces_of_kubernetes_itself_are_left_alone(server: Client) -> None:
    config = CONFIG | {"metadata": {"name": "functions", "namespace": "kube-system"}}
    assert _sent(server, config).warnings == ()


@pytest.mark.parametrize("number", range(len(OVERLAYS)))
def test_overlays_are_judged_alike(server: Client, number: int) -> None:
    overlay, is_open = OVERLAYS[number]
    answer = _sent(server, with_overlay(overlay))
    assert ("policy 'overlay.hanzo.ai'" in answer.message.replace("ValidatingAdmissionPolicy", "policy")) is not is_open
