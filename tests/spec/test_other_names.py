"""What to write for the fields of pods and charts that a kind does not have under that name."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import BaseModel

from hanzo_constructs import SpecError
from hanzo_constructs.kube.model import Model
from hanzo_constructs.spec.kinds import KINDS, parse
from hanzo_constructs.spec.other_names import OTHER_NAMES, field_for

SPECS: dict[str, Any] = {kind.name: kind.model.model_fields["spec"].annotation for kind in KINDS.values()}
FIELDS = {
    name: {field.alias or python_name for python_name, field in spec.model_fields.items()}
    for name, spec in SPECS.items()
}


def _models(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    def walk(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation not in seen:
                _models(annotation, seen)
            return
        for argument in getattr(annotation, "__args__", ()):
            walk(argument)

    seen.add(model)
    for field in model.model_fields.values():
        walk(field.annotation)
    return seen


MODELS = sorted(
    {model for spec in SPECS.values() for model in _models(spec, set()) if issubclass(model, Model)},
    key=lambda model: model.__qualname__,
)


def _message(kind: str, field: str) -> str:
    document = {"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": {"name": "a"}, "spec": {field: None}}
    with pytest.raises(SpecError) as refused:
        parse(document)
    (message,) = (each.message for each in refused.value.findings if each.path == f"spec.{field}")
    return message


@pytest.mark.parametrize(
    ("field", "advice"),
    [
        ("podAnnotations", "annotations"),
        ("replicaCount", "replicas"),
        ("runAsUser", "containerSecurityContext.runAsUser"),
        ("maxSurge", "rollout.maxSurge"),
        ("backoffLimit", "kind: Task, for work that ends by itself"),
        ("targetCPUUtilizationPercentage", "autoscaling.targetCpuUtilization"),
        ("fullnameOverride", "the name as metadata.name"),
        ("cmd", "args"),
        ("ipFamilies", "overlay.Service.spec.ipFamilies"),
        ("secrets", "kmsSecrets, or envFrom with a secretRef"),
    ],
)
def test_a_field_of_pods_or_charts_gets_its_place(field: str, advice: str) -> None:
    assert _message("Service", field) == f"unknown field, write {advice}"


def test_a_name_that_is_only_a_little_alike_is_not_guessed() -> None:
    assert _message("Service", "anotations") == "unknown field, did you mean annotations?"
    assert _message("Service", "tolerance").startswith("unknown field, known are ")


def test_the_overlay_says_what_no_field_does() -> None:
    known = {"image", "overlay"}
    assert field_for("hostNetwork", known, "Deployment") == "overlay.Deployment.spec.template.spec.hostNetwork"
    containers = "overlay.StatefulSet.spec.template.spec.containers"
    assert field_for("workingDir", known, "StatefulSet") == f"workingDir beside the container's name in {containers}"
    assert field_for("paused", known, "Deployment") == "overlay.Deployment.spec.paused"
    assert field_for("hostNetwork", {"image"}, "Deployment") == ""
    assert field_for("deploymentAnnotations", known, "StatefulSet") == "overlay.StatefulSet.metadata.annotations"
    assert field_for("loadBalancerIP", {"overlay", "service"}, "Deployment") == "overlay.Service.spec.loadBalancerIP"
    assert field_for("loadBalancerIP", {"overlay"}, "Job") == ""


def test_a_field_of_another_workload_gets_the_kind_that_has_it() -> None:
    assert _message("Service", "podManagementPolicy") == "unknown field, write kind: Stateful"
    assert _message("Stateful", "ordinals") == "unknown field, write overlay.StatefulSet.spec.ordinals"
    assert _message("Service", "ordinals") == "unknown field, write kind: Stateful"
    assert _message("Service", "suspend") == "unknown field, write kind: Task, for work that ends by itself"
    assert _message("SQL", "schedule") == "unknown field, write backup.schedule"
    assert _message("Service", "paths") == "unknown field, write ingress.rules or ingress.pathRules"


def test_nobody_can_tell_what_is_meant_by_other_names() -> None:
    known = {"image", "overlay"}
    assert field_for("fruit", known, "Deployment") == ""


def test_advice_of_a_kind_asks_for_no_field_that_it_lacks() -> None:
    for name, known in FIELDS.items():
        for field in OTHER_NAMES:
            if field not in known and (advice := field_for(field, known, "Deployment")):
                if advice.startswith("kind: "):
                    assert advice.removeprefix("kind: ").split(",")[0].split(" ")[0] in KINDS
                first = re.split(r"\W", advice, maxsplit=1)[0]
                assert first in known or advice.startswith(("kind: ", "a ", "the ")), (name, field, advice)


def test_every_name_is_unknown_to_some_kind_that_gets_advice() -> None:
    assert not [
        field
        for field in OTHER_NAMES
        if not any(field not in known and field_for(field, known, "Deployment") for known in FIELDS.values())
    ]


@pytest.mark.parametrize("model", [model for model in MODELS if model.other_names], ids=lambda model: model.__name__)
def test_other_names_of_a_model_are_no_fields_of_it(model: type[Model]) -> None:
    fields = {field.alias or name for name, field in model.model_fields.items()}
    assert not fields & model.other_names.keys()
    for name, advice in model.other_names.items():
        with pytest.raises(SpecError) as refused:
            model(**{name: 1})
        assert f"{name}: unknown field, write {advice}" in str(refused.value)
