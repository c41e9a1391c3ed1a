"""What is waived of the checks, and why; by the model that it is waived for, and for what is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from pydantic import BaseModel

from ...spec import status
from ...spec.adopt import Adopt
from ...spec.attachments import Config, ServiceAccount
from ...spec.backup import Backup
from ...spec.base import Base, BaseSpec
from ...spec.cluster_services import ServiceOptions
from ...spec.connections import Connection
from ...spec.cors import Cors
from ...spec.datastore import Datastore, DatastoreSpec
from ...spec.gateway import AuthPolicy, Gateway, GatewaySpec, Route
from ...spec.inference.blocks import Canary, HealthCheck, InferenceAutoscaling
from ...spec.inference.spec import InferenceServiceSpec
from ...spec.ingress import Ingress, PathRule
from ...spec.lattice_containers import LatticeContainer, LatticeFile, LatticeMount
from ...spec.lattice_deploy import LatticeCanary, LatticeDeploy
from ...spec.lattice_resources import (
    ExternalServiceResource,
    GpuResource,
    SecretResource,
    ServiceResource,
    VolumeResource,
)
from ...spec.lattice_service import LatticeMetric, LatticeService, LatticeServiceSpec
from ...spec.lattice_workload import LatticePorts, LatticeWorkload
from ...spec.network_policy import NetworkPolicy
from ...spec.observability import ServiceMonitor
from ...spec.ports import ServicePort
from ...spec.probes import ProbeSpec
from ...spec.scaling import Autoscaling, PodDisruptionBudget
from ...spec.scraping import Relabeling, ScrapeTls
from ...spec.secrets import KmsSecretRef
from ...spec.stateful import Stateful
from ...spec.task import TaskSpec
from ...spec.workload import WorkloadSpec

__all__ = ["EVERYWHERE", "OF_KUBERNETES", "WAIVERS", "Waived", "waivers_of"]

EVERYWHERE: Mapping[str, str] = MappingProxyType(
    {
        "L19": "A bound that Kubernetes does not have refuses what runs today, and the API server bounds the whole object; "
        "what a rule goes through has one (L29), and the estimate of an API server is tested.",
    }
)
"""Checks that are waived for every field, and why."""

OF_KUBERNETES = frozenset(("L11", "L14", "L15", "L16", "L17", "L18", "L19", "L20", "L24", "L25"))
"""Checks that Kubernetes' own types are spared: they are as Kubernetes publishes them."""

_READ = "Deprecated: the operator before read it, and leaving the block out says the same."
_KUBERNETES = "Kubernetes, or the operator that reads the object, calls it so."
_TWO = "It is done or not; there is no third way to do it."
_PROGRAM = "The values are words of the programs that take them."
_SCORE = "The Score specification, which a LatticeService follows, has it so."
_OVERLAY = "What stands there is any object of Kubernetes, by the id of the child that it changes."
_UNBOUNDED = "Kubernetes bounds no list of its own types; the items have a size, so that the server has an estimate, which is tested."
_SCORE_CONTAINERS = "The Score specification bounds no containers; the estimate of an API server is tested."
_ANY = "Kubernetes takes any path that begins so, and none is refused that runs today."


class Waived(NamedTuple):
    """A check that a model need not keep."""

    model: str
    key: str
    """The check, `L14`, or the check and the field, `L14 enabled`."""
    reason: str


WAIVERS: Mapping[type[BaseModel], Mapping[str, str]] = MappingProxyType(
    {
        Base: {"L29 spec.env": _UNBOUNDED},
        Datastore: {"L29 spec.env": _UNBOUNDED, "L29 spec.volumes": _UNBOUNDED},
        Gateway: {"L29 spec.env": _UNBOUNDED, "L29 spec.volumes": _UNBOUNDED, "L29 spec.volumeMounts": _UNBOUNDED},
        Stateful: {"L29 spec.volumes": _UNBOUNDED},
        LatticeService: {"L29 spec.deploy.canary.containers": _SCORE_CONTAINERS},
        status.Status: {"L06 status.phase": "Lists show it in a column; programs are told to read the conditions."},
        status.Condition: {"L20 message": "Kubernetes' own conditions may have an empty message."},
        WorkloadSpec: {"L15 overlay": _OVERLAY, "L14 automountServiceAccountToken": _KUBERNETES},
        LatticeServiceSpec: {"L15 overlay": _OVERLAY, "L14 automountServiceAccountToken": _KUBERNETES},
        ServicePort: {"L14 expose": _TWO},
        ServiceOptions: {"L14 headless": _TWO},
        Ingress: {
            "L14 enabled": _READ,
            "L14 tls": _TWO,
            "L14 redirectToHttps": _TWO,
            "L14 defaultPath": _TWO,
            "L25 exposure": "The words are those of the setting of the platform of the same name.",
        },
        PathRule: {"L30 path": _ANY},
        Autoscaling: {"L14 enabled": _READ, "L14 external": _TWO},
        PodDisruptionBudget: {"L14 enabled": _READ},
        NetworkPolicy: {
            "L11 allowFrom": "A peer is told by one of three fields, and a rule asks for one.",
            "L14 enabled": _READ,
            "L14 allowIngress": _TWO,
            "L14 allowIntraNamespace": _TWO,
        },
        ServiceMonitor: {
            "L11 relabelings": _KUBERNETES,
            "L11 metricRelabelings": _KUBERNETES,
            "L14 enabled": _READ,
            "L14 honorLabels": _KUBERNETES,
            "L25 scheme": _PROGRAM,
            "L25 fallbackScrapeProtocol": _PROGRAM,
            "L30 metricsPath": _ANY,
        },
        Relabeling: {"L25 action": _PROGRAM},
        ScrapeTls: {"L14 insecureSkipVerify": _KUBERNETES},
        ServiceAccount: {"L14 automountToken": _TWO},
        Config: {"L14 env": _TWO},
        Adopt: {"L14 withoutStorageClass": _TWO},
        DatastoreSpec: {
            "L14 insecure": "It says that what would be an error is meant.",
            "L25 type": "The names of engines are written as their makers write them.",
        },
        Backup: {"L14 enabled": _READ},
        BaseSpec: {"L25 consensus": _PROGRAM},
        GatewaySpec: {"L25 imageBuild": "The names of gateways are written as their makers write them."},
        Route: {"L14 stripPrefix": _TWO},
        AuthPolicy: {"L25 type": "The name of a JWT is written as in the configuration of gateways."},
        Cors: {"L14 allowCredentials": "The header that it becomes is there or not."},
        TaskSpec: {"L14 suspend": _KUBERNETES},
        KmsSecretRef: {"L26 resyncInterval": _KUBERNETES, "L30 secretsPath": _ANY},
        ProbeSpec: {"L30 path": _ANY},
        Connection: {
            "L20 kind": "It must be one of the kinds that can be connected to, which no empty text is.",
            "L30 env": "A text may have its placeholder anywhere; how it is written is checked when it is compiled.",
        },
        InferenceServiceSpec: {
            "L20 modelRef": "The form of the reference is checked, and no empty text has it.",
            "L25 engine": "The names of engines are written as their makers write them.",
        },
        HealthCheck: {"L20 path": "A rule asks for a slash at its beginning."},
        InferenceAutoscaling: {
            "L14 external": _TWO,
            "L25 metric": "The words are names of fields of other platforms, and are written like fields.",
        },
        Canary: {
            "L20 modelRef": "The form of the reference is checked, and no empty text has it.",
            "L26 weight": "The Gateway API and every mesh call the share of requests so.",
        },
        LatticeWorkload: {"L15 containers": _SCORE, "L15 resources": _SCORE},
        LatticeContainer: {"L15 files": _SCORE, "L15 volumes": _SCORE},
        LatticePorts: {"L15 ports": _SCORE},
        LatticeFile: {"L14 noExpand": _SCORE, "L20 content": "A file may be empty."},
        LatticeMount: {"L14 readOnly": _SCORE},
        LatticeCanary: {"L15 containers": _SCORE, "L26 weight": "Every mesh calls the share of requests so."},
        LatticeDeploy: {"L25 strategy": _SCORE},
        LatticeMetric: {"L20 metric": "The empty name is no metric of the platform."},
        ServiceResource: {"L25 type": _SCORE, "L25 direction": _SCORE},
        ExternalServiceResource: {"L25 type": _SCORE, "L25 direction": _SCORE},
        SecretResource: {"L25 type": _SCORE},
        VolumeResource: {"L25 type": _SCORE},
        GpuResource: {"L25 type": _SCORE},
    }
)
"""What is waived for models of this package. They stand here, as the rules of definitions do, so that a resource is compiled
without them."""


def waivers_of(model: type[BaseModel]) -> Mapping[str, Waived]:
    """Return what is waived for *model* and the models that it is made from, by the key of the waiver."""
    found: dict[str, Waived] = {}
    for base in reversed(model.__mro__):
        own = {**WAIVERS.get(base, {}), **base.__dict__.get("lint_waivers", {})}
        found |= {key: Waived(base.__name__, key, reason) for key, reason in own.items()}
    return found
