"""The table of checks: every promise of the set proof, and the function that keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..errors import Finding
from ..kube.kinds import TRANSIENT, WORKLOADS
from .checks.amounts import AMOUNT_KINDS, amount_findings
from .checks.bounds import autoscaler_bound_findings, budget_bound_findings
from .checks.claims import claim_findings
from .checks.contention import contention_findings
from .checks.credentials import credential_key_findings
from .checks.environment import environment_findings, reference_findings
from .checks.fields import field_findings
from .checks.grace import grace_findings
from .checks.host_users import host_user_findings
from .checks.hosts import host_findings
from .checks.images import image_findings
from .checks.immutable import immutable_findings, template_label_findings
from .checks.ingress_rules import contested_route_findings, ingress_findings
from .checks.isolation import isolation_findings
from .checks.jobs import job_findings
from .checks.labels import label_findings
from .checks.leaks import leak_findings
from .checks.metadata import metadata_findings
from .checks.mounts import mount_findings, unmounted_claim_findings, unmounted_volume_findings
from .checks.names import key_findings, name_findings, part_name_findings
from .checks.offered_ports import backend_findings, target_port_findings
from .checks.operating_systems import operating_system_findings
from .checks.own_pods import own_pod_findings
from .checks.persistent_claims import persistent_claim_findings
from .checks.pod_annotations import pod_annotation_findings
from .checks.pod_places import pod_place_findings, strategy_findings
from .checks.pod_security import pod_security_findings
from .checks.ports import container_port_findings, policy_port_findings, service_port_findings
from .checks.probed_ports import probed_port_findings
from .checks.progress import progress_findings
from .checks.protocols import protocol_findings
from .checks.references import governing_service_findings, inside_findings, key_reference_findings
from .checks.resources import resource_findings
from .checks.root import root_findings
from .checks.scaling import (
    budget_findings,
    measure_findings,
    one_budget_findings,
    replica_findings,
    rival_scaler_findings,
)
from .checks.scraping import monitor_findings
from .checks.se_linux import se_linux_findings
from .checks.secrets import secret_type_findings, secret_value_findings
from .checks.selectors import selector_findings
from .checks.service_options import service_option_findings
from .checks.sizes import size_findings
from .checks.spreading import anti_affinity_findings, spread_findings
from .checks.start_order import start_order_findings
from .checks.uniqueness import rival_findings, twin_findings
from .index import SetIndex
from .objects import Object, Origin

__all__ = ["CHECKS", "Check", "ObjectCheck", "SetCheck"]


@dataclass(frozen=True, slots=True)
class ObjectCheck:
    """A promise about one object."""

    id: str
    promise: str
    find: Callable[[Object], Iterable[Finding]]
    kinds: tuple[str, ...]
    """Kinds that are looked at; empty for every kind, unknown ones too."""
    told_by_compiling: bool = False
    """Whether compiling says the same of a derived object, with the path in the resource."""


@dataclass(frozen=True, slots=True)
class SetCheck:
    """A promise about all objects together."""

    id: str
    promise: str
    find: Callable[[SetIndex], Iterable[tuple[Origin, Finding]]]


Check = ObjectCheck | SetCheck

_SETS = ("StatefulSet",)

CHECKS: tuple[Check, ...] = (
    # names
    ObjectCheck("name", "names are legal and leave room for what is derived from them", name_findings, ()),
    ObjectCheck("part-name", "containers and volumes have legal names of their own", part_name_findings, WORKLOADS),
    ObjectCheck(
        "key",
        "keys of ConfigMaps and Secrets are legal, and base64 is where it must be",
        key_findings,
        ("ConfigMap", "Secret"),
    ),
    ObjectCheck("label", "labels and annotations are legal", label_findings, ()),
    ObjectCheck(
        "metadata", "finalizers have a domain, and owners are complete", metadata_findings, (), told_by_compiling=True
    ),
    ObjectCheck("secret-type", "a Secret has the keys of its type", secret_type_findings, ("Secret",)),
    ObjectCheck("secret-value", "no Secret in a file carries values", secret_value_findings, ("Secret",)),
    ObjectCheck("size", "objects are small enough to be stored", size_findings, ()),
    SetCheck("unique", "no two objects have one identity", twin_findings),
    SetCheck("one-filler", "a Secret is filled by one", rival_findings),
    # selectors
    ObjectCheck(
        "own-pods",
        "what is derived for a workload selects its pods, and those of no other",
        own_pod_findings,
        ("Service", "PodDisruptionBudget", "NetworkPolicy"),
    ),
    ObjectCheck("template-label", "a workload selects its own pods", template_label_findings, WORKLOADS),
    SetCheck("selector", "a selector means its own pods and no others, and never those of a job", selector_findings),
    ObjectCheck("spread", "a topology spread counts the pods it spreads", spread_findings, WORKLOADS),
    SetCheck("anti-affinity", "an anti-affinity means pods that there are", anti_affinity_findings),
    SetCheck("monitor", "a monitor matches one Service, and a port that it offers", monitor_findings),
    ObjectCheck(
        "immutable", "what can never be changed depends on nothing that changes", immutable_findings, WORKLOADS
    ),
    # ports
    ObjectCheck(
        "container-port", "container ports are in range, unique and explicit", container_port_findings, WORKLOADS
    ),
    ObjectCheck(
        "service-port", "Service ports are in range, named, unique and explicit", service_port_findings, ("Service",)
    ),
    ObjectCheck("service-option", "options of a Service have what they need", service_option_findings, ("Service",)),
    ObjectCheck(
        "protocol", "a port number has one protocol, for client-side apply", protocol_findings, (*WORKLOADS, "Service")
    ),
    ObjectCheck("policy-port", "ports of policies are in range and explicit", policy_port_findings, ("NetworkPolicy",)),
    ObjectCheck("probed-port", "probes ask ports that are declared", probed_port_findings, WORKLOADS),
    SetCheck("target-port", "Services and policies name ports that their pods declare", target_port_findings),
    SetCheck("contention", "ports of nodes and addresses are asked for by one", contention_findings),
    SetCheck("backend", "routes lead to ports that their Service offers", backend_findings),
    SetCheck("host", "hosts of the set, and the ports named with them, are offered by a Service", host_findings),
    SetCheck("isolation", "policies of the user's own let through what is declared", isolation_findings),
    # containers
    ObjectCheck(
        "field",
        "pods have no unknown fields, and none of another type",
        field_findings,
        WORKLOADS,
        told_by_compiling=True,
    ),
    ObjectCheck("image", "every container has an image", image_findings, WORKLOADS),
    ObjectCheck("mount", "every mount has its volume, and a path of its own", mount_findings, WORKLOADS),
    ObjectCheck("unmounted-claim", "every claim template is mounted", unmounted_claim_findings, _SETS),
    ObjectCheck(
        "unmounted-volume", "every volume is mounted", unmounted_volume_findings, WORKLOADS, told_by_compiling=True
    ),
    ObjectCheck("environment", "a variable is set once", environment_findings, WORKLOADS),
    ObjectCheck(
        "variable-reference",
        "a variable is set before it is referred to",
        reference_findings,
        WORKLOADS,
        told_by_compiling=True,
    ),
    ObjectCheck("resource", "requests do not exceed limits", resource_findings, WORKLOADS),
    ObjectCheck(
        "pod-annotation",
        "annotations that the API server reads agree with the fields of the pod",
        pod_annotation_findings,
        WORKLOADS,
    ),
    ObjectCheck(
        "start-order", "a container that others wait for does not wait for them", start_order_findings, WORKLOADS
    ),
    ObjectCheck("grace", "the grace period is longer than preStop", grace_findings, WORKLOADS),
    ObjectCheck(
        "progress", "a rollout waits as long as the probes let a pod start", progress_findings, ("Deployment",)
    ),
    ObjectCheck("host-users", "a pod in a user namespace is in no other of its node", host_user_findings, WORKLOADS),
    ObjectCheck("pod-place", "a template has no fields that pods alone have", pod_place_findings, WORKLOADS),
    ObjectCheck(
        "strategy",
        "bounds of a rolling update stand beside one",
        strategy_findings,
        ("Deployment", "StatefulSet", "DaemonSet"),
    ),
    ObjectCheck(
        "operating-system",
        "a pod has no fields of another operating system",
        operating_system_findings,
        WORKLOADS,
    ),
    ObjectCheck("root", "a container that must not be root is not", root_findings, WORKLOADS),
    ObjectCheck("job", "a job ends, and its schedule can be read", job_findings, TRANSIENT),
    ObjectCheck("pod-security", "pods keep the level of their resource", pod_security_findings, WORKLOADS),
    # references
    SetCheck("inside", "what a resource's objects refer to among themselves exists", inside_findings),
    SetCheck("key-reference", "keys that are referred to exist", key_reference_findings),
    SetCheck(
        "credential-key", "a Secret holds the variables that the image of a server reads", credential_key_findings
    ),
    SetCheck("governing-service", "the Service of a StatefulSet is headless", governing_service_findings),
    SetCheck("leak", "no value of a Secret stands anywhere else", leak_findings),
    # routes
    ObjectCheck(
        "ingress", "hosts, paths and class of an Ingress have a form that is accepted", ingress_findings, ("Ingress",)
    ),
    SetCheck("contested-route", "a host and path is served by one Ingress", contested_route_findings),
    # counts
    ObjectCheck(
        "amount", "counts, seconds and ports are in range", amount_findings, AMOUNT_KINDS, told_by_compiling=True
    ),
    ObjectCheck(
        "persistent-claim",
        "a claim says how it is mounted, and its size",
        persistent_claim_findings,
        ("PersistentVolumeClaim", "StatefulSet"),
    ),
    ObjectCheck(
        "autoscaler-bounds", "min does not exceed max", autoscaler_bound_findings, ("HorizontalPodAutoscaler",)
    ),
    ObjectCheck("budget-bounds", "a budget has one bound", budget_bound_findings, ("PodDisruptionBudget",)),
    SetCheck("replicas", "the replica count is absent exactly where an autoscaler owns it", replica_findings),
    SetCheck("claim", "a claim of one node has one pod of one workload, at a rollout too", claim_findings),
    SetCheck("se-linux", "pods that share a claim agree on the SELinux label of its files", se_linux_findings),
    SetCheck("measure", "what an autoscaler measures against a request is asked for", measure_findings),
    SetCheck("rival-scaler", "a workload has one autoscaler", rival_scaler_findings),
    SetCheck("budget", "a budget lets one pod go", budget_findings),
    SetCheck("one-budget", "a pod has one budget", one_budget_findings),
)
"""Every check, in the order in which the findings of one object are reported."""
