"""What holds for every resource a user could write: it compiles, fits together, is valid, and reads back as it was."""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from zlib import crc32

import pytest
import yaml
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from hanzo_constructs.children.config_map import hash_annotation
from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.errors import PlatformError
from hanzo_constructs.explain import reasons
from hanzo_constructs.kube.availability import seconds_to_available
from hanzo_constructs.kube.labels import INSTANCE, NAME, VARIANT, selector_labels
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.kube.names import dns_label_problem, object_name_problem, service_name_problem
from hanzo_constructs.kube.yaml import dump_all, load_all
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import KINDS, parse
from hanzo_constructs.spec.rollout import NO_DEADLINE
from hanzo_constructs.verify import prove
from tests.children.test_krakend import ENDPOINTS, SCHEMA
from tests.golden.cases import VALID
from tests.krakend import configurations, files_of
from tests.kube.core.strategies import instances_of
from tests.kubernetes_schemas import knows, schema_errors
from tests.properties.parts import KNOWN
from tests.properties.resources import SUBJECTS, loose_resources, mended, resources
from tests.properties.rich import NEWEST
from tests.properties.test_schemas import VERSIONS
from tests.properties.third_party import third_party_errors

pytestmark = pytest.mark.thorough

KUBECTL = shutil.which("kubectl")
WORKLOADS = ("Deployment", "StatefulSet")
JOBS = ("Job", "CronJob")
NAME_RULES: dict[str, Callable[[str], str]] = {
    "Service": service_name_problem,
    "Deployment": dns_label_problem,
    "StatefulSet": lambda name: dns_label_problem(name, 52),
    "CronJob": lambda name: dns_label_problem(name, 52),
}
DATA_RULES = {"endpoints.json": ENDPOINTS}
AS_WRITTEN = ("env", "envFrom", "volumes", "volumeMounts")
"""Fields that arrive in the pod exactly as written, in order, nothing dropped, nothing changed."""

UNSAID = ("apiVersion", "kind")
"""What needs no reason: what a child is."""

_YAML_READER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""That of libyaml, where PyYAML has it: ten times as fast, and further from our own."""
Data = dict[str, Any]


def promises_hold(document: Data, platform: Platform = NEWEST, *, explained: bool | None = None) -> None:
    """Assert everything that is promised of any resource.

    That everything is *explained* takes longer than all else together: if nobody says so, one of twenty resources is asked.
    """
    if explained is None:
        explained = crc32(json.dumps(document).encode()) % 20 == 0
    original = copy.deepcopy(document)
    compilation = compile_resource(parse(document, platform), platform)
    assert document == original
    manifests = compilation.manifests
    assert compile_resource(parse(document, platform), platform).manifests == manifests
    assert compile_resource(parse(compilation.resource_manifest, platform), platform).manifests == manifests
    for manifest in manifests:
        assert not errors_in(manifest, platform.kubernetes)
    assert not [str(finding) for finding in prove([compilation]).findings if finding.severity == "error"]
    selectors_match(compilation)
    policy_admits_what_it_must(compilation)
    if serves(manifests):
        several_pods_are_spread(compilation)
        pods_are_ready_and_up_to_date(compilation)
        pods_stop_in_order(compilation)
        rollouts_end(compilation)
    else:
        jobs_end(compilation)
    arrives_as_written(document["spec"], pod_of(manifests))
    if explained:
        assert not [reason for reason in reasons(compilation) if not reason.because and reason.path not in UNSAID]
    text = dump_all(manifests)
    assert [each.data for each in load_all(text)] == manifests
    assert list(yaml.load_all(text, _YAML_READER)) == manifests


def errors_in(manifest: Data, version: str) -> list[str]:
    """Return what a cluster of *version*, or whoever reads the data of *manifest*, finds wrong."""
    errors = third_party_errors(manifest)
    if errors is None:
        errors = schema_errors(manifest, version) if knows(manifest, version) else ["nobody knows the kind"]
    problem = NAME_RULES.get(manifest["kind"], object_name_problem)(manifest["metadata"]["name"])
    certificates = manifest["spec"].get("tls", ()) if manifest["kind"] == "Ingress" else ()
    problems = [problem, *(object_name_problem(each["secretName"]) for each in certificates)]
    data = manifest.get("data", {})
    read = [
        error.message
        for key in data.keys() & DATA_RULES
        for error in DATA_RULES[key].iter_errors(json.loads(data[key]))
    ]
    return [*errors, *filter(None, problems), *read]


def pod_of(manifests: list[Data]) -> Data:
    """Return the template of the workload; a backup is another's, and so is a canary, which comes second."""
    spec, *_ = (
        (each["spec"] for each in manifests if each["kind"] in WORKLOADS)
        if serves(manifests)
        else (each["spec"].get("jobTemplate", each)["spec"] for each in manifests if each["kind"] in JOBS)
    )
    template: Data = spec["template"]
    return template


def serves(manifests: list[Data]) -> bool:
    """Tell whether there are pods that stay."""
    return any(manifest["kind"] in WORKLOADS for manifest in manifests)


def selectors(manifests: list[Data], *, derived_spread: bool) -> Iterator[Data]:
    """Yield each derived selector of the pods; a spread of the user's may count others too."""
    for manifest in manifests:
        spec = manifest.get("spec", {})
        match manifest["kind"]:
            case "Service":
                yield spec["selector"]
            case "NetworkPolicy":
                yield spec["podSelector"]["matchLabels"]
            case "Deployment" | "StatefulSet":
                yield spec["selector"]["matchLabels"]
                yield from (
                    each["labelSelector"]["matchLabels"]
                    for each in spec["template"]["spec"].get("topologySpreadConstraints", ())
                    if derived_spread
                )
            case "PodDisruptionBudget":
                yield spec["selector"]["matchLabels"]


def selectors_match(compilation: Compilation) -> None:
    """Assert that what selects the pods is what they carry, what never changes, and what no other pods carry."""
    manifests, name = compilation.manifests, compilation.resource.name
    own_spread = compilation.resource.spec.topology_spread_constraints is not None
    found = list(selectors(manifests, derived_spread=not own_spread))
    common = {NAME: name, INSTANCE: name}
    has_variants = compilation.resource.kind in {"InferenceService", "LatticeService"}
    variants = [each.selector for each in compilation.pods] if has_variants else []
    assert all(selector in (common, *variants) for selector in found)
    assert all(selector == {**common, VARIANT: selector[VARIANT]} for selector in variants)
    assert compilation.pods[0].selector.items() <= pod_of(manifests)["metadata"]["labels"].items()
    if not found:
        return
    for job in (manifest["spec"]["jobTemplate"] for manifest in manifests if manifest["kind"] == "CronJob"):
        assert not found[0].items() <= job["spec"]["template"]["metadata"]["labels"].items()
    for monitor in (manifest for manifest in manifests if manifest["kind"] == "ServiceMonitor"):
        wanted = monitor["spec"]["selector"]["matchLabels"].items()
        services = [manifest for manifest in manifests if manifest["kind"] == "Service"]
        (scraped,) = (service for service in services if wanted <= service["metadata"]["labels"].items())
        assert {each["port"] for each in monitor["spec"]["endpoints"]} <= {
            each["name"] for each in scraped["spec"]["ports"]
        }


def policy_admits_what_it_must(compilation: Compilation) -> None:
    """Assert that turning the policy on cuts off nobody that another field asks to come."""
    rules, spec, own = compilation.rules, compilation.resource.spec, compilation.owner.namespace or ""
    by_kind = {manifest["kind"]: manifest for manifest in compilation.manifests}
    if "NetworkPolicy" not in by_kind:
        return
    needed: list[tuple[Data, str]] = []
    if rules.epoch.policy_admits_platform:
        needed += [({}, rules.platform.ingress_namespace)] if "Ingress" in by_kind else []
        needed += [({}, rules.platform.monitoring_namespace)] if "ServiceMonitor" in by_kind else []
        if job := by_kind.get("CronJob"):
            needed.append((job["spec"]["jobTemplate"]["spec"]["template"]["metadata"]["labels"], own))
        if gateway := getattr(spec, "gateway", None):
            needed.append((selector_labels(gateway.gateway_name), gateway.gateway_namespace or own))
    if hasattr(spec, "consensus"):
        needed.append((pod_of(compilation.manifests)["metadata"]["labels"], own))
    assert all(admits(by_kind["NetworkPolicy"], *client, own) for client in needed)


def admits(policy: Data, labels: Data, namespace: str, own: str) -> bool:
    """Tell whether *policy* in the namespace *own* lets in pods with *labels* in *namespace*, as far as labels tell."""

    def selected(selector: Data | None, found: Data) -> bool:
        return (
            selector is not None
            and not selector.get("matchExpressions")
            and selector.get("matchLabels", {}).items() <= found.items()
        )

    return any(
        "from" not in rule
        or any(
            ("podSelector" not in peer or selected(peer["podSelector"], labels))
            and (selected(peer["namespaceSelector"], {"kubernetes.io/metadata.name": namespace}) if "namespaceSelector" in peer else namespace == own)
            for peer in rule["from"]
        )
        for rule in policy["spec"].get("ingress", ())
    )  # fmt: skip


def several_pods_are_spread(compilation: Compilation) -> None:
    """Assert that pods are told to keep apart where there can be more than one, and only there, unless the user says how."""
    if compilation.resource.spec.topology_spread_constraints is not None:
        return
    most = [manifest["spec"].get("replicas", 0) for manifest in compilation.manifests if manifest["kind"] in WORKLOADS]
    most += [each["spec"]["maxReplicas"] for each in compilation.manifests if each["kind"] == "HorizontalPodAutoscaler"]
    most += [2] if compilation.is_scaled_from_outside else []  # nobody knows
    most += [2] if compilation.resource.kind == "InferenceService" else []  # another number restarts no loaded model
    constraints = pod_of(compilation.manifests)["spec"].get("topologySpreadConstraints", [])
    assert bool(constraints) is (compilation.rules.epoch.topology_spread and max(most) > 1)


def pods_are_ready_and_up_to_date(compilation: Compilation) -> None:
    """Assert that pods are asked something where nobody wrote what, and restart with a configuration that they read once."""
    template = pod_of(compilation.manifests)
    main = template["spec"]["containers"][0]
    ports = main.get("ports", [])
    if compilation.rules.epoch.default_readiness and ports and ports[0]["protocol"] == "TCP":
        assert main.keys() & {"readinessProbe", "livenessProbe", "startupProbe"}
    for configuration in configurations(compilation.manifests).values():
        assert not [error.message for error in SCHEMA.iter_errors(configuration)]
    read_once = [files.texts for files in files_of(compilation.manifests)]
    if compilation.rules.epoch.schema_hash:
        read_once += [each["data"] for each in compilation.manifests if "schema.sql" in each.get("data", {})]
    own = {
        f"{config.name}/{file}": text
        for config in compilation.resource.spec.configs
        for file, text in config.files.items()
    }
    annotations = template["metadata"].get("annotations", {})
    assert all(hash_annotation({**data, **own}).items() <= annotations.items() for data in read_once or [own] if data)


def pods_stop_in_order(compilation: Compilation) -> None:
    """Assert that what the main container serves through stops no earlier than it, and that both have time to stop."""
    pod = pod_of(compilation.manifests)["spec"]
    grace = pod["terminationGracePeriodSeconds"]
    for container in pod["containers"]:
        hook = container.get("lifecycle", {}).get("preStop")
        assert (hook is not None) or grace < 2
        if hook and hook.keys() == {"sleep"}:
            assert hook["sleep"]["seconds"] < grace
    wrote = [each.pre_stop for each in (compilation.resource.spec.lifecycle,) if each]
    if not any(wrote) and grace > 1:
        seconds = min(5, grace // 2)
        command = {"exec": {"command": ["/bin/sh", "-c", f"sleep {seconds}"]}}
        assert pod["containers"][0]["lifecycle"]["preStop"] in ({"sleep": {"seconds": seconds}}, command)


def rollouts_end(compilation: Compilation) -> None:
    """Assert that new pods may replace old ones at every replica count, and are waited for as long as they may take."""
    workload, *_ = (each for each in compilation.manifests if each["kind"] in WORKLOADS)
    spec = workload["spec"]
    scaled = any(each["kind"] == "HorizontalPodAutoscaler" for each in compilation.manifests)
    assert ("replicas" in spec) is not (scaled or compilation.is_scaled_from_outside)
    rolling = spec.get("strategy", {}).get("rollingUpdate")
    if rolling:
        assert any(not re.fullmatch("0+%?", str(bound)) for bound in rolling.values())
    if workload["kind"] == "Deployment" and compilation.rules.epoch.progress_deadline:
        rollout = getattr(compilation.resource.spec, "rollout", None)
        if rollout is None or rollout.progress_deadline_seconds is None:
            needed = seconds_to_available(spec["template"]["spec"], spec["minReadySeconds"])
            deadline = spec.get("progressDeadlineSeconds", 600)
            assert deadline > needed or deadline == NO_DEADLINE


def jobs_end(compilation: Compilation) -> None:
    """Assert that nothing keeps a job from ending, and that nothing that counts on pods can mean those of a job."""
    template = pod_of(compilation.manifests)
    pod = template["spec"]
    assert INSTANCE not in template["metadata"]["labels"]
    assert pod["restartPolicy"] in {"Never", "OnFailure"}
    assert not [each for each in pod["containers"] if each.get("restartPolicy") == "Always"]
    assert not pod["containers"][0].keys() & {"readinessProbe", "livenessProbe", "startupProbe"}
    wrote = compilation.resource.spec.lifecycle
    assert ("preStop" in pod["containers"][0].get("lifecycle", {})) is bool(wrote and wrote.pre_stop)
    assert bool(pod.get("topologySpreadConstraints")) is bool(compilation.resource.spec.topology_spread_constraints)


def arrives_as_written(spec: Data, template: Data) -> None:
    """Assert that the pod has what *spec* says, in one piece; what the platform adds stands around it."""
    pod = template["spec"]
    for field in AS_WRITTEN:
        wrote, found = spec.get(field, []), (pod if field == "volumes" else pod["containers"][0]).get(field, [])
        assert any(found[start : start + len(wrote)] == wrote for start in range(len(found) + 1)), field


def searched(strategy: SearchStrategy[Data], examples: int, check: Callable[[Data], None] = promises_hold) -> None:
    """Assert that *check* holds of what *strategy* gives."""

    # Shrinking what is as large as this takes longer than reading it; the longer search may.
    @settings(max_examples=examples, phases=[Phase.explicit, Phase.reuse, Phase.generate])
    @given(strategy)
    def search(document: Data) -> None:
        check(document)

    search()


def examples_of(kind: str) -> int:
    """Return how many resources of *kind* are looked at: a facade is what it is a facade of, which has the depth."""
    return {"Service": 100, "Datastore": 20}.get(kind, 40 if KINDS[kind].compiled_as == kind else 5)


@pytest.mark.parametrize(("kind", "engine"), SUBJECTS)
def test_any_resource(kind: str, engine: str | None) -> None:
    searched(resources(kind, engine), examples_of(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_any_resource_read_from_its_models_alone(kind: str) -> None:
    searched(loose_resources(kind), 20)


def is_a_platform(data: Data) -> bool:
    with suppress(PlatformError):
        return bool(parse_as(Platform, data))
    return False


platforms = instances_of(
    Platform,
    KNOWN
    | {
        (Platform, "api_group"): st.just("hanzo.ai"),
        (Platform, "epoch"): st.sampled_from(("2025", "2026")),
        (Platform, "kubernetes"): st.sampled_from(VERSIONS),
        (Platform, "backup_image"): st.just("ghcr.io/hanzoai/backup:v1.0.0"),
        (Platform, "require_image_digest"): st.just(False),  # noqa: FBT003 - what refuses most resources says little about them
    },
).filter(is_a_platform)
"""Platforms of every version and setting."""


@pytest.mark.parametrize("kind", KINDS)
def test_any_resource_on_any_platform(kind: str) -> None:
    def holds(both: Data) -> None:
        platform = parse_as(Platform, both["platform"])
        document = mended(both["document"], platform)
        assume(document)
        assert document
        promises_hold(document, platform)

    searched(st.fixed_dictionaries({"platform": platforms, "document": resources(kind)}), 10, holds)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "engine"), SUBJECTS)
def test_any_resource_in_a_longer_search(kind: str, engine: str | None) -> None:
    @settings(max_examples=10 * examples_of(kind), derandomize=False)
    @given(resources(kind, engine) | loose_resources(kind))
    def search(document: Data) -> None:
        promises_hold(document, explained=True)

    search()


def read_by_kubectl(manifests: list[Data]) -> list[Data]:
    """Return what kubectl makes of *manifests* as this project writes them, the annotation that it adds removed."""
    assert KUBECTL
    run = subprocess.run(
        [KUBECTL, "annotate", "--local", "--output=json", "--filename=-", "read=back"],
        input=dump_all(manifests),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    decoder, text, end, found = json.JSONDecoder(), run.stdout.rstrip(), 0, []
    while end < len(text):
        document, end = decoder.raw_decode(text, text.index("{", end))
        annotations = document["metadata"]["annotations"]
        assert annotations.pop("read") == "back"
        if not annotations:
            del document["metadata"]["annotations"]
        found.append(document)
    return found


@pytest.mark.skipif(KUBECTL is None, reason="kubectl is not installed")
def test_kubectl_reads_every_golden_output_as_the_data_it_was() -> None:
    manifests = [each for case in VALID for compilation in case.compilations() for each in compilation.manifests]
    assert read_by_kubectl(manifests) == manifests


@pytest.mark.skipif(KUBECTL is None, reason="kubectl is not installed")
def test_kubectl_reads_any_resource_as_the_data_it_was() -> None:
    manifests: list[Data] = []

    def gather(document: Data) -> None:
        manifests.extend(compile_resource(parse(document, NEWEST), NEWEST).manifests)

    for kind in KINDS:
        searched(resources(kind), examples_of(kind) // 5, gather)
    assert len(manifests) > 100
    assert read_by_kubectl(manifests) == manifests
