"""Why the children of a Gateway are what they are, where it is not the same for every kind."""

from __future__ import annotations

from collections.abc import Mapping

from ..children.origin import Origin, Origins
from ..platform import Rules
from ..spec.resource import Gateway
from ..spec.workload import CONFIG_HASH
from .gateway_build import gateway_variables
from .gateway_config import MOST

__all__ = ["GATEWAY_PORTS", "gateway_origins"]

_MAIN = "spec.template.spec.containers[0]"
_ROUTED = ("spec.routes", "spec.rateLimits", "spec.authPolicies", "spec.timeout", "spec.cors", "spec.serviceMonitor")
_INJECTED = "the routes that applications of the same set ask for, if any"
_FILES = ("routes", *(f"routes-{number}" for number in range(MOST)))
_PORT = Origin(why="the port that the configuration names, offered as the usual one of HTTP")
_METRICS = Origin(why="the port that the configuration names for metrics, which serviceMonitor asks for")
GATEWAY_PORTS = (_PORT, _METRICS)
"""Where the ports of a gateway come from, in their order."""
_CONFIG = Origin(why="where the gateway reads its configuration")

_ORIGINS: Mapping[str, Origins] = {
    "ConfigMap": {
        'data["krakend.json"]': Origin(_ROUTED, why=_INJECTED),
        'data["service.json"]': Origin(_ROUTED, why=_INJECTED),
        **{f'data["{file}.json"]': Origin("spec.routes", why=_INJECTED) for file in _FILES},
        'data["krakend.tmpl"]': Origin(rule="prefix_routes"),
    },
    "Deployment": {
        "spec.strategy.type": Origin(why="a gateway that is replaced keeps answering"),
        f'spec.template.metadata.annotations["{CONFIG_HASH}"]': Origin(
            _ROUTED, why="changes with the configuration, so that a new one restarts the pods"
        ),
        f"{_MAIN}.args": Origin("spec.args", rule="config_argument"),
        f"{_MAIN}.image": Origin("spec.image", rule="gateway_builds"),
        f"{_MAIN}.readinessProbe": Origin("spec.readinessProbe", rule="default_readiness"),
        f"{_MAIN}.readinessProbe.httpGet.port": Origin("spec.readinessProbe.port", rule="default_readiness"),
        f"{_MAIN}.readinessProbe.httpGet.path": Origin(
            ("spec.readinessProbe.path", "spec.build", "spec.image"), rule="gateway_builds"
        ),
        f"{_MAIN}.securityContext.runAsUser": Origin(
            ("spec.containerSecurityContext.runAsUser", "spec.build", "spec.image"), rule="gateway_builds"
        ),
        f"{_MAIN}.ports[0]": _PORT,
        f"{_MAIN}.ports[1]": _METRICS,
        f"{_MAIN}.volumeMounts[m]": Origin("spec.volumeMounts[m-1]", setting="read_only_root_filesystem"),
        f"{_MAIN}.volumeMounts[0]": _CONFIG,
        "spec.template.spec.volumes[v]": Origin("spec.volumes[v-1]", setting="read_only_root_filesystem"),
        "spec.template.spec.volumes[0]": _CONFIG,
        "spec.template.spec.volumes[0].configMap.name": Origin("metadata.name"),
        "spec.template.spec.volumes[0].projected.sources[s].configMap.name": Origin("metadata.name"),
    },
    "Ingress": {
        "spec.rules[h].http.paths[0].backend.service.port.number": _PORT,
        "spec.rules[h].http.paths[p].backend.service.port.number": Origin(
            "spec.ingress.pathRules[p-1].port", why="the port of the gateway's Service"
        ),
    },
    "Service": {
        f"spec.ports[{index}]{field}": origin
        for index, origin in enumerate(GATEWAY_PORTS)
        for field in ("", ".port", ".targetPort")
    },
}


def gateway_origins(gateway: Gateway, rules: Rules) -> Mapping[str, Origins]:
    """Return what is different for the children of *gateway*, by their kind or id."""
    rules_of = [rule for rule, given in gateway_variables(gateway.spec, rules).items() for _ in given]
    own = range(len(gateway.spec.env))
    variables = {
        **{f"{_MAIN}.env[{index}]": Origin(rule=rule) for index, rule in enumerate(rules_of)},
        **{f"{_MAIN}.env[{len(rules_of) + index}]": Origin(f"spec.env[{index}]") for index in own},
    }
    return {**_ORIGINS, "Deployment": {**_ORIGINS["Deployment"], **variables}}
