"""Numbers stay within the bounds the API server checks; a number or a name is one finding when it is neither."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.core import (
    Container,
    ContainerPort,
    EnvVar,
    HTTPGetAction,
    Lifecycle,
    ObjectMeta,
    PodSecurityContext,
    Probe,
    ServiceAccountTokenProjection,
    TCPSocketAction,
    Toleration,
    Volume,
)
from hanzo_constructs.kube.core.part import Part
from hanzo_constructs.kube.core.scalars import IntOrString
from hanzo_constructs.kube.model import Model, parse_as, written


class Amount(Model):
    value: IntOrString | None = None


@pytest.mark.parametrize("value", [0, 1, -1, 2**31 - 1, -(2**31), "", "25%", "http", "8080", "ü"])
def test_an_integer_or_a_string_is_kept(value: int | str) -> None:
    kept = written(parse_as(Amount, {"value": value}))["value"]
    assert (kept, type(kept)) == (value, type(value))


@pytest.mark.parametrize(
    ("model", "document", "message"),
    [
        (Amount, {"value": True}, "value: expected an integer or a string, got a boolean"),
        (Amount, {"value": 1.5}, "value: expected an integer or a string, got a number"),
        (Amount, {"value": 1.0}, "value: expected an integer or a string, got a number"),
        (Amount, {"value": ["http"]}, "value: expected an integer or a string, got a list"),
        (Amount, {"value": 2**31}, "value: must be at most 2147483647, got 2147483648"),
        (Amount, {"value": -(2**31) - 1}, "value: must be at least -2147483648, got -2147483649"),
        (Amount, {"value": "\ud800"}, r"value: must be valid Unicode"),
        (HTTPGetAction, {"port": 0}, "port: must be at least 1, got 0"),
        (TCPSocketAction, {"port": 65536}, "port: must be at most 65535, got 65536"),
        (TCPSocketAction, {"port": False}, "port: expected an integer or a string, got a boolean"),
        (ContainerPort, {"containerPort": 0}, "containerPort: must be at least 1, got 0"),
        (ContainerPort, {"containerPort": 99999}, "containerPort: must be at most 65535, got 99999"),
        (ContainerPort, {"containerPort": 80, "hostPort": -1}, "hostPort: must be at least 0, got -1"),
        (
            ContainerPort,
            {"containerPort": 80, "protocol": "tcp"},
            'protocol: must be one of SCTP, TCP, UDP, got "tcp", did you mean TCP?',
        ),
        (Probe, {"periodSeconds": -1}, "periodSeconds: must be at least 0, got -1"),
        (Probe, {"timeoutSeconds": 2**31}, "timeoutSeconds: must be at most 2147483647, got 2147483648"),
        (Probe, {"terminationGracePeriodSeconds": 0}, "terminationGracePeriodSeconds: must be at least 1, got 0"),
        (PodSecurityContext, {"runAsUser": -1}, "runAsUser: must be at least 0, got -1"),
        (PodSecurityContext, {"supplementalGroups": [1, 2**31]}, "supplementalGroups[1]: must be at most 2147483647, got 2147483648"),
        (
            Volume,
            {"name": "v", "secret": {"defaultMode": 0o1000}},
            "secret.defaultMode: must be at most 511, got 512",
        ),
        (
            ServiceAccountTokenProjection,
            {"path": "token", "expirationSeconds": 60},
            "expirationSeconds: must be at least 600, got 60",
        ),
        (Toleration, {"effect": "NoRun"}, 'effect: must be one of "", NoExecute, NoSchedule, PreferNoSchedule, got "NoRun"'),
        (
            Lifecycle,
            {"stopSignal": "TERM"},
            'stopSignal: must be one of SIGABRT, SIGALRM, SIGBUS, SIGCHLD, SIGCLD, SIGCONT, SIGFPE, SIGHUP, SIGILL, SIGINT, SIGIO, SIGIOT, ..., got "TERM", did you mean SIGTERM?',
        ),
        (
            ObjectMeta,
            {"creationTimestamp": "yesterday"},
            'creationTimestamp: must be a time such as 2026-01-31T08:00:00Z, got "yesterday"',
        ),
        (
            ObjectMeta,
            {"creationTimestamp": "2026-13-01T00:00:00Z"},
            'creationTimestamp: must be a time such as 2026-01-31T08:00:00Z, got "2026-13-01T00:00:00Z"',
        ),
        (ObjectMeta, {"generation": 2**63}, "generation: must be at most 9223372036854775807, got 9223372036854775808"),
        (EnvVar, {"name": "A", "value": 5}, "value: expected a string, got an integer; quote it"),
        (EnvVar, {"name": "A", "value": True}, "value: expected a string, got a boolean; quote it"),
        (EnvVar, {"name": "A", "valu": "x"}, "valu: unknown field, did you mean value?"),
        (EnvVar, {"name": "A", "value_from": {}}, "value_from: unknown field, did you mean valueFrom?"),
        (
            Container,
            {"name": "a", "env": {"A": "b"}},
            "env: expected a list, got a mapping",
        ),
        (
            Container,
            {"name": "a", "ports": [{"containerPort": 80, "hostIp": "::"}]},
            "ports[0].hostIp: unknown field, did you mean hostIP?",
        ),
        (
            Container,
            {"name": "a", "resources": {"limits": {"nvidia.com/gpu": "one"}}},
            'resources.limits["nvidia.com/gpu"]: must be a quantity such as 500m, 2 or 1Gi, got "one"',
        ),
        (Volume, {"name": "v", "emptyDir": []}, "emptyDir: expected a mapping with medium, mode, sizeLimit, got a list"),
        (Volume, {}, "name: required"),
        (Volume, {"name": None}, "name: expected a string, got null"),
    ],
)  # fmt: skip
def test_what_the_api_server_would_refuse(model: type[Model], document: dict[str, Any], message: str) -> None:
    with pytest.raises(SpecError) as refused:
        parse_as(model, document)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("model", "document"),
    [
        (Probe, {"periodSeconds": 0, "timeoutSeconds": 0}),
        (ContainerPort, {"containerPort": 1, "hostPort": 0}),
        (ContainerPort, {"containerPort": 65535}),
        (Toleration, {"operator": "", "effect": ""}),
        (Volume, {"name": "v", "hostPath": {"path": "/", "type": ""}}),
        (Volume, {"name": "v", "emptyDir": {"medium": "HugePages-2Mi", "mode": 0o1777}}),
        (Lifecycle, {"stopSignal": "SIGRTMIN+15"}),
        (Lifecycle, {"stopSignal": "SIGRTMAX-1"}),
        (ObjectMeta, {"creationTimestamp": "2026-11-20T08:00:00.123+01:00", "generation": 2**63 - 1}),
        (PodSecurityContext, {"runAsUser": 0, "fsGroup": 2**31 - 1}),
        (HTTPGetAction, {"port": 65535}),
    ],
)
def test_what_stands_at_a_bound_is_kept(model: type[Part], document: dict[str, Any]) -> None:
    assert written(parse_as(model, document)) == document
