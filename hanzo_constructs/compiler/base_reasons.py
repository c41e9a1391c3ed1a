"""Why the children of a Base are what they are, where it is not the same for every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..children.origin import Origin, Origins
from ..kube.labels import SERVICE_ROLE
from ..platform import Rules
from ..spec.base import schema_form
from ..spec.resource import Base
from ..spec.workload import CONFIG_HASH
from .rollout import replaces_several

__all__ = ["base_origins"]

_MAIN = "spec.template.spec.containers[0]"
_PORT = Origin("spec.port")
_SCHEMA = Origin("spec.schema")
_HEALTH = Origin(why="every application of the kind answers there, and says whether it can serve")
_KNOWN = Origin(why="what each replica must know of itself and of the others")
_ONE_PORT = Origin(why="an application of the kind has this one port")


def base_origins(base: Base, rules: Rules) -> Mapping[str, Origins]:
    """Return what is different for the children of *base*, by their kind or id."""
    return {
        "ConfigMap": {
            'data["schema.sql"]': _SCHEMA,
            'data["endpoints.json"]': Origin("spec.gateway"),
            'metadata.labels["hanzo.ai/gateway"]': Origin("spec.gateway.gatewayName"),
            'metadata.labels["hanzo.ai/gateway-namespace"]': Origin(
                ("spec.gateway.gatewayNamespace", "metadata.namespace"), setting="namespace"
            ),
        },
        "Service": {
            f'metadata.labels["{SERVICE_ROLE}"]': Origin(why="tells the Services of one resource apart"),
            "spec.ports[i]": _ONE_PORT,
            "spec.ports[i].port": _PORT,
            "spec.ports[i].targetPort": _PORT,
        },
        "StatefulSet": {
            **_container(base),
            f"{_MAIN}.volumeMounts[0]": Origin(why="the volume of the data, where the application keeps its database"),
            **_schema(base),
            f'spec.template.metadata.annotations["{CONFIG_HASH}"]': _SCHEMA,
            **_rollout(base, rules),
        },
        "PodDisruptionBudget": _budget(base, rules),
    }


def _container(base: Base) -> Origins:
    variables = list(_variables(base))
    return {
        f"{_MAIN}.ports[p]": _ONE_PORT,
        f"{_MAIN}.ports[p].containerPort": _PORT,
        f"{_MAIN}.livenessProbe": _HEALTH,
        f"{_MAIN}.livenessProbe.httpGet.path": _HEALTH,
        f"{_MAIN}.livenessProbe.httpGet.port": _PORT,
        f"{_MAIN}.readinessProbe": _HEALTH,
        f"{_MAIN}.readinessProbe.httpGet.path": _HEALTH,
        f"{_MAIN}.readinessProbe.httpGet.port": _PORT,
        **{f"{_MAIN}.env[{index}]": _KNOWN for index in range(len(variables))},
        **{f"{_MAIN}.env[{index}].value": origin for index, origin in enumerate(variables) if index},
        **{
            f"{_MAIN}.env[{len(variables) + index}]": Origin(f"spec.env[{index}]")
            for index in range(len(base.spec.env))
        },
    }


def _variables(base: Base) -> Iterator[Origin]:
    """Yield where the values of the platform's variables come from, in their order."""
    yield _KNOWN
    yield _PORT
    yield Origin("spec.replicas")
    yield Origin("spec.consensus")
    for _ in ("BASE_HEADLESS_SERVICE", "BASE_PEERS", "BASE_LOCAL_TARGET"):
        yield Origin("metadata.name")
    if base.spec.iam_app is not None:
        yield Origin("spec.iamApp")
    if base.spec.schema_ is not None and schema_form(base.spec.schema_) == "url":
        yield _SCHEMA


def _schema(base: Base) -> Origins:
    if base.spec.schema_ is None or schema_form(base.spec.schema_) == "url":
        return {}
    return {f"{_MAIN}.volumeMounts[1]": _SCHEMA, "spec.template.spec.volumes[0]": _SCHEMA}


def _rollout(base: Base, rules: Rules) -> Origins:
    if not replaces_several(base.spec, rules):
        return {}
    place = "spec.updateStrategy.rollingUpdate.maxUnavailable"
    return {place: Origin("spec.rollout.maxUnavailable", rule="quorum_rollout")}


def _budget(base: Base, rules: Rules) -> Origins:
    if base.spec.has_own_budget or not rules.epoch.quorum_budget or base.spec.replicas < 3:
        return {}
    return {"spec.maxUnavailable": Origin(rule="quorum_budget")}
