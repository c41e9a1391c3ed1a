"""What a type checker says of the core types; nothing here runs, `mypy` reads it with the rest of the tests.

A line that must be refused carries an ignore, and an ignore that nothing needs is itself an error.
"""

from __future__ import annotations

from typing import Literal, assert_type

from hanzo_constructs.kube.core import (
    ConfigMapVolumeSource,
    Container,
    ContainerPort,
    EmptyDirVolumeSource,
    EnvVar,
    EnvVarSource,
    HTTPGetAction,
    Probe,
    ResourceRequirements,
    SecretKeySelector,
    Volume,
)

password = EnvVar(
    name="PASSWORD", value_from=EnvVarSource(secret_key_ref=SecretKeySelector(name="database", key="password"))
)
assert_type(password.name, str)
assert_type(password.value_from, EnvVarSource | None)

container = Container(
    name="main",
    image_pull_policy="Always",
    command=("/bin/server", "--port=8080"),
    env=(password, EnvVar(name="LOG_LEVEL", value="info")),
    ports=(ContainerPort(container_port=8080, host_ip="10.0.0.1", protocol="TCP"),),
    liveness_probe=Probe(http_get=HTTPGetAction(port="http"), period_seconds=10),
    resources=ResourceRequirements(requests={"cpu": "100m"}),
)
assert_type(container.env, tuple[EnvVar, ...] | None)
assert_type(container.image_pull_policy, Literal["Always", "IfNotPresent", "Never"] | None)

Volume(name="scratch", empty_dir=EmptyDirVolumeSource())
Volume(name="config", config_map=ConfigMapVolumeSource(name="config", default_mode=0o444))

EnvVar()  # type: ignore[call-arg]
EnvVar(name="A", vale="b")  # type: ignore[call-arg]
EnvVar(name=1)  # type: ignore[arg-type]
Container(name="main", image_pull_policy="Sometimes")  # type: ignore[arg-type]
ContainerPort(container_port="http")  # type: ignore[arg-type]
