"""`hzc operator`: what installs it is printed, and what it lacks is said."""

from __future__ import annotations

import sys

import pytest
import yaml

from tests.cli.conftest import Ran, Run


def test_what_installs_it(hzc: Run) -> None:
    ran = hzc("operator", "manifests", "--namespace", "ops", "--image", "ghcr.io/acme/operator:v2", "--watch", "shop")
    assert (ran.status, ran.stderr) == (0, "")
    installed = [each for each in yaml.load_all(ran.stdout, yaml.CSafeLoader) if "Definition" not in each["kind"]]
    places = {each["kind"]: each["metadata"].get("namespace") for each in installed}
    assert places == {
        **dict.fromkeys(("Namespace", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding")),
        "Role": "shop",
        "RoleBinding": "shop",
        **dict.fromkeys(("ServiceAccount", "ConfigMap", "NetworkPolicy", "Service", "Deployment"), "ops"),
        "PodDisruptionBudget": "ops",
    }
    assert "image: ghcr.io/acme/operator:v2\n" in ran.stdout


@pytest.mark.parametrize("scope", [(), ("--all-namespaces", "--namespace", "shop")])
def test_whom_to_look_after_must_be_said(hzc: Run, scope: tuple[str, ...]) -> None:
    message = "error: give --namespace, or --all-namespaces for the whole cluster; see `hzc operator run --help`\n"
    assert hzc("operator", "run", *scope) == Ran(2, "", message)


def test_what_is_not_installed(hzc: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "hanzo_constructs.controller.process", raising=False)
    monkeypatch.setitem(sys.modules, "kopf", None)
    ran = hzc("operator", "run", "-A")
    assert ran.status != 0
    assert ran.stderr.startswith("error: hzc operator run needs kopf, kubernetes and prometheus-client; pip install")


def test_a_setting_that_is_wrong(hzc: Run) -> None:
    ran = hzc("operator", "manifests", "--platform", "nothing.yaml")
    assert ran == Ran(2, "", "error: nothing.yaml: cannot be read: no such file or directory\n")
