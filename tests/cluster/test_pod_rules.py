"""A server takes a pod exactly if we do: what we refuse and it takes is refused on purpose, for a reason that is listed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import KINDS, parse
from hanzo_constructs.verify import prove
from tests.cluster.client import Client
from tests.cluster.odd_pods import by_hand, odd_services
from tests.cluster.server import ControlPlane, missing_program, running
from tests.kube.core.strategies import wire
from tests.properties.odd import GATES, NAME, SERVER
from tests.properties.resources import least, spec_of

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

STRICTER = {
    r"imagePullSecrets\[\d+\]\.name: (required|must be lower-case)": "no Secret can have the name: the image is never pulled",
    r"(volumes|sources)\[\d+\]: must have exactly one": "a volume without a source is an empty directory that nobody asked for",
    r"gitRepo: no Kubernetes from 1\.33": "kubelets do not mount it",
    r"(image|reference): must be an image": "the kubelet says InvalidImageName for ever",
    r"image(\.reference)?: required": "the pod has no image to run; only a template may leave it out",
    r"(claimName|secretName|name): (required|must be lower-case)": "no object can have the name: the pod waits for ever",
    r"secretRef\.name: required": "the reference means nothing",
    r"items\[\d+\]\.key: must be letters": "no Secret or ConfigMap can have the key",
    r"containerPort: \d+/\w+ is used twice": "the second process cannot listen",
    r"ports\[\d+\]\.name: .* is used twice": "a name means one port of the pod",
    r"runAsUser: must not be 0": "the kubelet never starts the container",
    r"serviceAccountToken\.path: .* is used twice": "the file would hold one of the two",
    r"ports\[\d+\]\.hostPort: \d+/\w+( of [\d.]+)? is used twice": "both run beside each other on one node",
    r"sleeps for \d+ of the \d+ seconds": "the container is killed before it can stop",
    r"httpHeaders\[\d+\]\.value: must be one line": "Go's client sends no such request: the probe always fails",
    r"(nodeSelectorTerms\[\d+\]|preference): matches no node": "an empty term means no node at all",
    r"values: must be one integer": "the scheduler cannot read it, and finds no node",
    r"labelSelector: required": "it means no pod at all",
    r"topologyKey: must be \[prefix/\]name": "no node can have the label",
    r"matchLabelKeys\[\d+\]: .* is asked for by the labelSelector": "pods of the template would be refused",
    r"(ip|nameservers\[\d+\]): must be an IP address, got \"010": "some read it as octal",
    r"port: .* is (declared by no container|the name of no port)": "nothing answers there",
}
"""What we refuse although a server takes it: the messages, and why."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A control plane with the feature gates on whose fields are drawn."""
    if problem := missing_program("etcd", "kube-apiserver", "openssl"):
        pytest.skip(problem)  # no set-up brings a control plane: CONTRIBUTING says how one is built
    with running(tmp_path_factory.mktemp("pods"), gates=("ClusterTrustBundle", *GATES)) as plane:
        if plane.minor != SERVER:
            pytest.skip(f"fields are drawn as of Kubernetes 1.{SERVER}; this server is 1.{plane.minor}")
        yield plane


def test_a_server_takes_a_pod_exactly_if_we_do(server: ControlPlane) -> None:
    too_lax, too_strict = list[str](), list[str]()
    platform = Platform(kubernetes=f"1.{SERVER}", feature_gates=tuple(sorted(GATES)))

    @settings(
        max_examples=10_000,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(odd_services())
    def agrees(spec: dict[str, Any]) -> None:
        problems, templates = _judged(spec, platform)
        if not problems:
            too_lax.extend(answer for template in templates for answer in _refusals(server.client, template))
        elif not _refusals(server.client, by_hand(spec)):
            too_strict.extend(text for text in problems if not any(re.search(known, text) for known in STRICTER))

    agrees()
    assert not too_lax
    assert not too_strict


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"Service"}))
def test_a_server_takes_the_workloads_of_the_other_kinds(server: ControlPlane, kind: str) -> None:
    applied, too_lax = list[str](), list[str]()
    platform = Platform(kubernetes=f"1.{SERVER}", feature_gates=tuple(sorted(GATES)))
    fields = {wire(spec_of(kind), name) for name in spec_of(kind).model_fields}

    @settings(
        max_examples=1_000,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(odd_services())
    def agrees(odd: dict[str, Any]) -> None:
        document = least(kind)
        document["spec"] |= {field: value for field, value in odd.items() if field in fields and field != "image"}
        problems, workloads = _compiled(document, platform)
        for each in () if problems else workloads:
            applied.append(each["kind"])
            placed = {**each, "metadata": {**each["metadata"], "namespace": "default"}}
            if message := server.client.apply(placed, dry_run=True).message:
                too_lax.append(message)

    agrees()
    assert len(applied) > 200
    assert not too_lax


def _judged(spec: dict[str, Any], platform: Platform) -> tuple[list[str], list[dict[str, Any]]]:
    """Return what we find wrong with a Service of *spec*, and the pod templates that it compiles to."""
    metadata = {"name": NAME, "namespace": "default"}
    document = {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": metadata, "spec": spec}
    problems, workloads = _compiled(document, platform)
    return problems, [workload["spec"]["template"] for workload in workloads]


def _compiled(document: dict[str, Any], platform: Platform) -> tuple[list[str], list[dict[str, Any]]]:
    """Return what we find wrong with *document*, and the workloads that it compiles to."""
    try:
        compilation = compile_resource(parse(document, platform), platform)
    except SpecError as error:
        return [str(finding) for finding in error.findings if finding.severity == "error"], []
    problems = [str(finding) for finding in prove([compilation]).findings if finding.severity == "error"]
    kinds = {"CronJob", "Deployment", "Job", "StatefulSet"}
    return problems, [manifest for manifest in compilation.manifests if manifest["kind"] in kinds]


def _refusals(client: Client, template: dict[str, Any]) -> list[str]:
    """Return why a server does not take *template*, as that of a Deployment and as a pod: it looks at either otherwise."""
    selector = {"matchLabels": template["metadata"]["labels"]}
    place = {"name": NAME, "namespace": "default"}
    objects = [
        {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": place,
            "spec": {"selector": selector, "template": template},
        },
        {"apiVersion": "v1", "kind": "Pod", "metadata": {**template["metadata"], **place}, "spec": template["spec"]},
    ]
    return [answer.message for each in objects if (answer := client.apply(each, dry_run=True)).message]
