"""What holds for every Service a user could write: it compiles, fits together, is valid, and reads back as it was."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.kube.labels import INSTANCE, NAME
from hanzo_constructs.kube.names import dns_label_problem, object_name_problem, service_name_problem
from hanzo_constructs.kube.yaml import dump_all, load_all
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.verify import prove
from tests.golden.cases import VALID
from tests.kubernetes_schemas import schema_errors
from tests.properties.rich import NEWEST
from tests.properties.services import services
from tests.properties.third_party import third_party_errors

KUBECTL = shutil.which("kubectl")
NAME_RULES = {"Service": service_name_problem, "Deployment": dns_label_problem}


def promises_hold(document: dict[str, Any]) -> None:
    """Assert everything that is promised of any Service."""
    original = copy.deepcopy(document)
    compilation = compile_resource(parse(document, NEWEST), NEWEST)
    assert document == original
    assert compile_resource(parse(document, NEWEST), NEWEST).manifests == compilation.manifests
    for manifest in compilation.manifests:
        errors = third_party_errors(manifest) or schema_errors(manifest, "1.37")
        assert not errors
        assert not NAME_RULES.get(manifest["kind"], object_name_problem)(manifest["metadata"]["name"])
        certificates = manifest["spec"].get("tls", ()) if manifest["kind"] == "Ingress" else ()
        assert not [each for each in certificates if object_name_problem(each["secretName"])]
    assert not [str(finding) for finding in prove([compilation]).findings if finding.severity == "error"]
    selectors_match(compilation)
    assert not [reason for reason in compilation.reasons if reason.source == "unexplained"]
    text = dump_all(compilation.manifests)
    assert [each.data for each in load_all(text)] == compilation.manifests
    assert list(yaml.safe_load_all(text)) == compilation.manifests


def selectors_match(compilation: Compilation) -> None:
    """Assert that what selects the pods is what they carry, and nothing that ever changes."""
    by_kind = {manifest["kind"]: manifest for manifest in compilation.manifests}
    name = compilation.resource.name
    pods = by_kind["Deployment"]["spec"]["template"]["metadata"]["labels"]
    selectors = [by_kind["Deployment"]["spec"]["selector"]["matchLabels"]]
    selectors += [by_kind[kind]["spec"]["selector"] for kind in ("Service",) if kind in by_kind]
    selectors += [
        by_kind[kind]["spec"]["selector"]["matchLabels"]
        for kind in ("PodDisruptionBudget", "ServiceMonitor")
        if kind in by_kind
    ]
    selectors += [by_kind[kind]["spec"]["podSelector"]["matchLabels"] for kind in ("NetworkPolicy",) if kind in by_kind]
    assert all(selector == {NAME: name, INSTANCE: name} for selector in selectors)
    assert selectors[0].items() <= pods.items()
    if "ServiceMonitor" in by_kind:
        assert selectors[0].items() <= by_kind["Service"]["metadata"]["labels"].items()


# Shrinking what is as large as this takes longer than reading it; the longer search may.
@settings(max_examples=100, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(services())
def test_any_service(document: dict[str, Any]) -> None:
    promises_hold(document)


@pytest.mark.slow
@settings(max_examples=2_000, derandomize=False)
@given(services())
def test_any_service_in_a_longer_search(document: dict[str, Any]) -> None:
    promises_hold(document)


def read_by_kubectl(manifests: list[dict[str, Any]]) -> list[dict[str, Any]]:
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
    decoder, text, found = json.JSONDecoder(), run.stdout, []
    while text.strip():
        document, end = decoder.raw_decode(text.lstrip())
        text = text.lstrip()[end:]
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
def test_kubectl_reads_any_service_as_the_data_it_was() -> None:
    manifests: list[dict[str, Any]] = []

    @settings(max_examples=25, phases=[Phase.generate])
    @given(services())
    def gather(document: dict[str, Any]) -> None:
        manifests.extend(compile_resource(parse(document, NEWEST), NEWEST).manifests)

    gather()
    assert len(manifests) > 40
    assert read_by_kubectl(manifests) == manifests
