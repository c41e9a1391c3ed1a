"""What a definition cannot check and the models do, each with the reason: the price of what is checked early and in one place.

The table is complete: a test takes every refused golden case and fails where a definition takes it too and no row says why.
The documentation lists it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["REASONS", "TABLE", "Unsaid", "row_of"]

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "set": "A definition sees one resource alone; others of the set, the platform settings, the oldest version of "
        "Kubernetes and the epoch are known to `hzc` only.",
        "derived": "It follows from what is derived: names and files of the platform, and what is known of an image or an "
        "engine.",
        "metadata": "A definition can say nothing of the metadata but the form of the name.",
        "keys": "Rules for the keys of a mapping cost more than an API server allows, because a key has no bound there.",
        "together": "To compare these lists with each other, or each item with all others, costs more than an API server "
        "allows.",
        "values": "No pattern tells the right values from the wrong ones, and the language of rules has no function for it "
        "in every version that is supported.",
        "core": "Kubernetes' own types: the API server says it when the workload is applied.",
        "free": "What stands there may be anything for a definition.",
    }
)
"""Why something cannot be checked, by a name."""


class Unsaid(NamedTuple):
    """Something that only the models check."""

    reason: str
    """One of `REASONS`."""
    what: str
    """What it is, for the documentation."""
    path: str
    """The places, as a regular expression for the beginning of a path without indexes."""
    message: str = ""
    """What is said there, as a regular expression that is searched; empty is anything."""


_CORE_FIELDS = (
    r"spec\.(sidecars|initContainers|volumes|volumeMounts|env|envFrom|resources|securityContext|containerSecurityContext|"
    r"affinity|tolerations|topologySpreadConstraints|lifecycle|hostAliases|dnsConfig|imagePullSecrets|command|args)\b"
)

TABLE: tuple[Unsaid, ...] = (
    Unsaid("set", "rules of a company, which `hzc crds --policies` writes for clusters", "", r"^rule "),
    Unsaid("set", "digests that the platform requires", "spec", r"requireImageDigest"),
    Unsaid("set", "fields that the oldest cluster does not know", "spec", r"the platform's oldest cluster is"),
    Unsaid(
        "set", "what backups need beside their own fields", r"spec\.backup", r"in the platform settings|backupImage"
    ),
    Unsaid("set", "namespaces that nobody names", r"metadata\.namespace", r"^required"),
    Unsaid("set", "the API group of the platform", "apiVersion"),
    Unsaid("set", "routes, rate limits and policies that a Base asks of a Gateway", "spec", r"\bBase [a-z]"),
    Unsaid("set", "connections to other resources", r"spec\.connections"),
    Unsaid(
        "set",
        "what an HTTPRoute, the controller or the Gateway of the platform cannot do",
        r"spec\.ingress",
        r"HTTPRoute|to a Gateway|platform setting|which controller|is derived from redirectToHttps|"
        r"must be the number of the port of|must have at most 1024 characters",
    ),
    Unsaid("set", "the number of pods beside an autoscaler", r"spec\.(replicas|autoscaling)", r"autoscal|maxReplicas"),
    Unsaid("set", "how long a rollout may take in epoch 2025", r"spec\.rollout", r"which Kubernetes sets to"),
    Unsaid(
        "derived",
        "names, files and variables of the platform",
        "spec",
        r"the platform's|the platform mounts|by the platform",
    ),
    Unsaid(
        "derived",
        "images of an engine or a gateway, and what is known of them",
        "spec",
        r"must be an image of|generation|contradicts the image|cannot serve this Gateway|build tag legacy|tells whether|"
        r"epoch 2025 mounts|the engine|no shell|is a proxy|serves? no metrics|serve metrics|without a token|"
        r"calls \{.*\} what another route",
    ),
    Unsaid(
        "derived",
        "ports of an engine or a gateway, where they are named",
        r"spec\.(serviceMonitor|(readiness|liveness|startup)Probe|ingress|ports)",
        r"is not a declared|must name a TCP port|is not a TCP port|needs service\.type",
    ),
    Unsaid(
        "derived",
        "names of children that are adopted, or derived with an ending",
        r"(spec\.adopt\.(names|name|serviceName)|spec\.serviceAliases|spec\.services\.name)",
    ),
    Unsaid(
        "derived",
        "models that an InferenceService serves, and what its engine, its Gateway and its GPUs make of them",
        r"spec\.(modelRef|engineArgs|autoscaling|canary|variant|cache|rollout|services|ingress|tokenSecret|metric)\b",
        r"hf://|s3://|oci://|pvc://|a model behind|is decided by|custom engine|needs a GPU|pods of one node|startupBudget|"
        r"needs pods that|needs a Gateway|a canary|of the models|a reference without spaces|because minReplicas is 0|"
        r"stands behind the name|the main Service",
    ),
    Unsaid(
        "derived",
        "names of the pods of an indexed job",
        r"metadata\.name",
        r"its pods are named after it|stand behind it",
    ),
    Unsaid(
        "metadata",
        "labels, annotations and the namespace of a resource",
        r"metadata\.(labels|annotations|namespace|owner)\b",
    ),
    Unsaid("metadata", "a name at all: the API server asks for one itself", r"metadata\.name", r"^required$"),
    Unsaid("metadata", "what the cluster writes", r"(status|metadata\.\w+)", r"is written by the cluster"),
    Unsaid(
        "metadata",
        "labels of the spec that contradict those of the resource",
        r"spec\.(labels|partOf|component)",
        r"contradicts",
    ),
    Unsaid(
        "keys",
        "keys of labels, annotations and node selectors",
        r"spec\.([a-zA-Z.]*\.)?(labels|annotations|nodeSelector|selector|claimLabels)\b",
    ),
    Unsaid(
        "together",
        "names, mount paths and variables of configs, claims, volumes and containers",
        r"spec\.(configs|persistence|storage|disks|kmsSecrets|cache)",
        r"is used twice|is the disk of storage|required, or name the volume|the secret with the certificate",
    ),
    Unsaid("together", "routes that two items of a list ask for", r"spec\.routes", r"is routed twice"),
    Unsaid("together", "headers that differ in capitals alone", r"spec\.cors", r"is used twice"),
    Unsaid(
        "together",
        "ports of further Services, of containers and of paths of single hosts",
        r"spec\.(ports|services|ingress\.rules)",
        r"is no sidecar|is a port of the sidecar|listens on|is used twice|belongs to one Service|have one number|"
        r"offers no port|is not a declared port|is not a TCP port",
    ),
    Unsaid(
        "together",
        "what the texts, volumes and resources of a LatticeService refer to, and what belongs to one type of resource",
        r"spec\.(workload\.|deploy\b|ingress\.exposure)",
    ),
    Unsaid("together", "containers that a rule for failures names", r"spec\.podFailurePolicy", r"is no container"),
    Unsaid("values", "null where something is wanted: the API server drops it", "spec", r"got null"),
    Unsaid("values", "the keys of Secrets", r"spec\.tokenSecret\.key"),
    Unsaid("values", "time zones", r"spec\.(backup\.)?timeZone"),
    Unsaid("values", "days that no month has, and hours that no day has", r"spec\.(backup\.)?schedule"),
    Unsaid(
        "values",
        "amounts that are too large, and requests above their limits",
        "spec",
        r"must be less than 8Ei|must not exceed the limit",
    ),
    Unsaid(
        "values",
        "hosts and ranges of addresses",
        "spec",
        r"must be a URL with a host|without /\./|range of addresses|IP address|must begin with the first address",
    ),
    Unsaid("values", "the schema of a Base", r"spec\.schema"),
    Unsaid("values", "names of ports of other Services", r"spec\.ingress", r"write the number of the port instead"),
    Unsaid(
        "values",
        "characters that no process or header can hold",
        "spec",
        r"NUL character|without control characters|must be letters, digits and '-'",
    ),
    Unsaid("core", "containers, volumes, variables, placement and security of pods", _CORE_FIELDS),
    Unsaid(
        "core",
        "metrics of autoscalers, selectors and ports of network policies",
        r"spec\.(autoscaling\.(metrics|behavior)|networkPolicy)",
    ),
    Unsaid("free", "overlays", r"spec\.overlay"),
)
"""What only the models check."""


def row_of(path: str, message: str) -> Unsaid | None:
    """Return the row that says why a definition does not check what *message* says of *path*."""
    plain = re.sub(r"\[\d+\]", "", path)
    return next((row for row in TABLE if re.match(row.path, plain) and re.search(row.message, message)), None)
