"""What type checkers say of specs; nothing here runs, mypy and pyright read it with the rest of the tests.

A line that must be refused carries an ignore, and an ignore that nothing needs is itself an error, for both of them.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from typing import Any, assert_type

import cdk8s_plus_27 as kplus
from typing_extensions import TypedDict

from hanzo_constructs import (
    BaseConstruct,
    DatastoreConstruct,
    GatewayConstruct,
    HanzoApp,
    HanzoChart,
    ServiceConstruct,
    ServiceDict,
    ServiceSpec,
    SQLConstruct,
    TaskConstruct,
    TaskSpec,
)
from hanzo_constructs.kube.core import EnvVar, ResourceRequirements
from hanzo_constructs.spec.backup import Backup
from hanzo_constructs.spec.dicts import ContainerDict, ProbeSpecDict, ResourceRequirementsDict
from hanzo_constructs.spec.ports import ServicePort

IMAGE = "ghcr.io/hanzoai/api:v1"
chart = HanzoChart(HanzoApp(), "shop", namespace="shop")
db = SQLConstruct(chart, "db", {"storage": {"size": "1Gi"}, "credentialsSecret": "db"})


class Common(TypedDict, closed=True):
    """What several services have; closed, so that a checker knows that there is nothing else in it."""

    resources: ResourceRequirementsDict
    livenessProbe: ProbeSpecDict


# Short forms, models, and references to others.
common: Common = {"resources": {"requests": {"cpu": 1, "memory": "1Gi"}}, "livenessProbe": {"path": "/", "port": 80}}
sidecar: ContainerDict = {"name": "proxy", "image": IMAGE, "ports": {"proxy": 9000}, "env": {"URL": db.url()}}
ServiceConstruct(chart, "a", {"image": IMAGE, **common, "sidecars": [sidecar]})
ServiceConstruct(chart, "b", {"image": {"repository": "a/b", "tag": "1"}, "ports": {"http": {"containerPort": 80}}})
ServiceConstruct(chart, "c", {"image": IMAGE, "env": [EnvVar(name="A", value="a"), {"name": "B", "value": "b"}]})
ServiceConstruct(chart, "d", {"image": IMAGE, "resources": ResourceRequirements(limits={"memory": "1Gi"})})
ServiceConstruct(chart, "e", {"image": IMAGE, "ports": None, "env": None, "ingress": None})
ServiceConstruct(
    chart,
    "f",
    {
        "image": IMAGE,
        "env": {
            "PGHOST": db.host,
            "PGPASSWORD": db.secret_ref("password"),
            "DATABASE_URL": db.url(user="app", password=db.secret_ref("password")) + "?sslmode=disable",
            "TOKEN": {"secretKeyRef": {"name": "api", "key": "token"}},
            "MODE": kplus.EnvValue.from_value("fast"),
            "LEVEL": {"value": "info"},
        },
    },
)
secret = kplus.Secret(chart, "secret")
ServiceConstruct(
    chart,
    "g",
    {
        "image": IMAGE,
        "envFrom": [secret, {"secretRef": {"name": secret}}],
        "serviceAccountName": kplus.ServiceAccount(chart, "account"),
        "imagePullSecrets": [secret],
        "volumes": [kplus.Volume.from_secret(chart, "v", secret), {"name": "w", "secret": {"secretName": secret}}],
        "env": [{"name": "A", "value": kplus.EnvValue.from_value("a")}, {"name": "B", "value": db.url()}],
    },
)
whole: ServiceDict = {"image": IMAGE}
whole["replicas"] = 2
ServiceConstruct(chart, "h", {**whole, "pdb": {}})
read_from_a_file: Any = {}
ServiceConstruct(chart, "i", read_from_a_file)

# Keyword arguments of the models, short forms included.
spec = ServiceSpec(image="a/b:1", ports={"http": 80}, env={"A": "a"}, sidecars=[sidecar])
assert_type(spec.ports, tuple[ServicePort, ...])
ServiceConstruct(chart, "j", spec)
TaskSpec(image="a/b:1", env={"URL": {"configMapKeyRef": {"name": "a", "key": "b"}}})
unknown: dict[str, Any] = {}
ServiceSpec(**unknown)
Backup(schedule="0 3 * * *", image="a/b:1")

# Mistakes that both find. A key:
ServiceConstruct(chart, "x", {"image": IMAGE, "replica": 1})  # type: ignore[arg-type]
ServiceConstruct(chart, "x", {"image": IMAGE, "part_of": "shop"})  # type: ignore[arg-type]
DatastoreConstruct(chart, "x", {"storage": {"size": "1Gi"}, "typ": "valkey"})  # type: ignore[arg-type]
TaskConstruct(chart, "x", {"image": IMAGE, "ports": {"http": 80}})  # type: ignore[arg-type]
whole["labls"] = {}  # type: ignore[typeddict-unknown-key]
# A key further below:
ServiceConstruct(chart, "x", {"image": IMAGE, "ingress": {"host": ["a.hanzo.ai"]}})  # type: ignore[arg-type]
ServiceConstruct(chart, "x", {"image": {"repository": "a/b", "tagg": "1"}})  # type: ignore[arg-type]
ServiceConstruct(chart, "x", {"image": IMAGE, "ports": {"http": {"port": 80}}})  # type: ignore[arg-type]
ServiceConstruct(chart, "x", {"image": IMAGE, "env": {"A": {"secretKeyReff": {}}}})  # type: ignore[arg-type]
ServiceConstruct(chart, "x", {"image": IMAGE, "sidecars": [{"nam": "proxy"}]})  # type: ignore[arg-type]
GatewayConstruct(chart, "x", {"routes": [{"prefix": "/a", "backnd": "a:80"}]})  # type: ignore[arg-type]
# A type:
ServiceConstruct(chart, "x", {"image": 1})  # type: ignore[arg-type]
ServiceConstruct(chart, "x", {"image": IMAGE, "replicas": "2"})  # type: ignore[arg-type]
ServiceConstruct(chart, "x", {"image": IMAGE, "ports": {"http": "80"}})  # type: ignore[arg-type]
ServiceConstruct(chart, "x", {"image": IMAGE, "env": {"DEBUG": 1}})  # type: ignore[arg-type]
ServiceConstruct(chart, "x", {"image": IMAGE, "command": "run"})  # type: ignore[arg-type]
ServiceConstruct(chart, "x", {"image": IMAGE, "args": [db.url(user="app", password=db.secret_ref("a"))]})  # type: ignore[arg-type]
ServiceConstruct(chart, "x", {"image": IMAGE, "strategy": "Rolling"})  # type: ignore[arg-type]
ServiceConstruct(chart, "x", {"image": IMAGE, "resources": EnvVar(name="A")})  # type: ignore[arg-type]
# What is required:
ServiceConstruct(chart, "x", {"replicas": 1})  # type: ignore[arg-type]
BaseConstruct(chart, "x", {"image": IMAGE, "storage": {}})  # type: ignore[arg-type]
SQLConstruct(chart, "x", {"storage": {}})  # type: ignore[arg-type]
# The spec of another kind:
DatastoreConstruct(chart, "x", spec)  # type: ignore[arg-type]
# A dict of which nobody knows what is in it:
ServiceConstruct(chart, "x", unknown)  # type: ignore[arg-type]
# Arguments of models:
ServiceSpec(image="a/b:1", replica=1)  # type: ignore[call-arg]
ServiceSpec(replicas=1)  # type: ignore[call-arg]
ServiceSpec(image="a/b:1", ports={"http": "80"})  # type: ignore[dict-item]
ServiceSpec(image="a/b:1", resources=EnvVar(name="A"))  # type: ignore[arg-type]
