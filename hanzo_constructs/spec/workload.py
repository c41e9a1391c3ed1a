"""What the spec of every kind that runs pods has, whatever else it has."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from ..kube.core import LocalObjectReference, Volume
from ..kube.core.deferred import (
    Affinity,
    HostAlias,
    Lifecycle,
    PodDNSConfig,
    PodSecurityContext,
    SecurityContext,
    Toleration,
    TopologySpreadConstraint,
)
from ..kube.core.scalars import Id, NonNegative64
from ..kube.labels import COMPONENT, INSTANCE, NAME, PART_OF, LabelText
from ..kube.model import CheckedModel, Items, Mapping, Problem, Rule
from ..kube.names import LabelValue, ObjectName, annotation_problems, label_problems
from ..kube.published import MERGED_WHOLE
from .adopt import Adopt
from .attachments import Attached, Config, Persistence, ServiceAccount, attachment_problems
from .connections import SharedConnection, connection_problems, container_problems
from .overlay import Overlay, overlay_problems
from .pod import (
    affinity_problems,
    alias_problems,
    dns_problems,
    hook_problems,
    pod_security_problems,
    pull_secret_problems,
    security_problems,
    spread_problems,
    toleration_problems,
)

__all__ = ["CONFIG_HASH", "MAIN_CONTAINER_FIELDS", "POD_FIELDS", "WorkloadSpec"]

CONFIG_HASH = "hanzo.ai/config-hash"
"""Annotation of the pods that changes with the ConfigMap made from the spec, so that a new one restarts them."""
POD_FIELDS = (
    "service_account_name",
    "automount_service_account_token",
    "image_pull_secrets",
    "priority_class_name",
    "security_context",
    "termination_grace_period_seconds",
    "node_selector",
    "tolerations",
    "affinity",
    "topology_spread_constraints",
    "host_aliases",
    "dns_policy",
    "dns_config",
)
"""Fields of every workload that arrive in the spec of the pod under their own names, in that order."""
MAIN_CONTAINER_FIELDS = {"container_security_context", "lifecycle"}
"""Fields of every workload that arrive in its main container."""


class WorkloadSpec(CheckedModel):
    """A workload: a main container in pods that are labelled, hardened and stopped alike."""

    workload_kind: ClassVar[str] = "Deployment"
    """Kind of Kubernetes that runs its pods."""

    labels: Mapping[LabelText] = Field(default_factory=dict)
    """Labels added to every child and to the pods, but not to the pods of backups; selectors do not use them."""
    annotations: Mapping[str] = Field(default_factory=dict)
    """Annotations added to the pods."""
    part_of: LabelValue | None = None
    """Larger application that this is a part of: the label app.kubernetes.io/part-of."""
    component: LabelValue | None = None
    """Role within that application: the label app.kubernetes.io/component."""
    security_context: PodSecurityContext | None = None
    """Who the pod's containers run as and what they may do; what is left out is hardened."""
    container_security_context: SecurityContext | None = None
    """The same for the main container alone, such as runAsUser where the image names its user; what is left out is
    hardened."""
    fs_group: Id | None = None
    """Group id that owns the files in the pod's volumes: short for securityContext.fsGroup."""
    termination_grace_period_seconds: NonNegative64 | None = None
    """Seconds that a pod gets to stop before it is killed; 5 of them, or half where there are fewer, are the derived
    preStop. Left out, 30; 120 where data is kept (in epoch 2025 30)."""
    lifecycle: Lifecycle | None = None
    """Hooks of the main container; a preStop of its own replaces the derived one."""
    priority_class_name: ObjectName | None = None
    """PriorityClass of the pods, which must exist: who is scheduled first, and who gives way; left out, the default of the
    cluster."""
    service_account_name: ObjectName | None = None
    """Service account of the pods, which must exist; its token is mounted only where one is named (in epoch 2025
    always)."""
    automount_service_account_token: bool | None = None
    """Whether the pods get the token of their account for the API server, whatever the account says; of an account of their
    own, `serviceAccount.automountToken` says it."""
    service_account: ServiceAccount | None = None
    """A service account of its own, named like the resource, in place of one that exists."""
    image_pull_secrets: Items[LocalObjectReference] = ()
    """Secrets with credentials for the registry."""
    node_selector: Mapping[LabelText] = Field(default_factory=dict)
    """Labels that a node must have for the pods to run there."""
    tolerations: Items[Toleration] = ()
    """Taints of nodes that do not keep the pods away."""
    affinity: Affinity | None = None
    """Which nodes, and which other pods, the pods are to be near or far from."""
    topology_spread_constraints: Annotated[Items[TopologySpreadConstraint], MERGED_WHOLE] | None = None
    """How the pods are spread over nodes and zones, in place of what is derived for several; an empty list spreads
    nothing."""
    host_aliases: Items[HostAlias] = ()
    """Further lines of the hosts file of the pods."""
    dns_policy: Literal["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"] | None = None
    """Which resolver the pods ask: that of the cluster (ClusterFirst, what Kubernetes does by itself), that of the node
    (Default), or none but those of dnsConfig (None)."""
    dns_config: PodDNSConfig | None = None
    """Further name servers, search domains and options of the resolver."""
    connections: Items[SharedConnection] = ()
    """Other resources that it connects to: variables that say how, and a way through their network policies."""
    configs: Annotated[Items[Config], Field(max_length=64)] = ()
    """Files that are written here and become ConfigMaps; a change restarts the pods."""
    adopt: Adopt | None = None
    """Names and labels of what runs already and cannot change; left out, all of them are derived."""
    overlay: Overlay = Field(default_factory=dict)
    """The last word on what is derived, where no field has one: partial objects by the ids of the children, as `hzc show`
    prints them, merged as Kubernetes merges patches; null removes a field."""

    @property
    def attached(self) -> Attached:
        """What becomes further volumes, or variables, of the main container: configs, and claims where the kind has them."""
        persistence: Sequence[Persistence] = getattr(self, "persistence", ())
        own = self.own_claims
        if not (self.configs or persistence or own):
            return ()
        configs = [(("configs", index), config) for index, config in enumerate(self.configs)]
        return (*configs, *((("persistence", index), claim) for index, claim in enumerate(persistence)), *own)

    @property
    def own_claims(self) -> Attached:
        """Claims that the kind has beside those of `persistence`, by their places in the spec."""
        return ()

    @property
    def attached_volumes(self) -> tuple[Volume, ...]:
        """The volumes of what is attached, which other containers may mount too."""
        return tuple(volume for _, each in self.attached if (volume := each.volume) is not None)

    @property
    def own_names(self) -> tuple[str, ...]:
        """Names of volumes of the kind's own, and what it puts behind the name of the resource in those of objects."""
        return ()

    @property
    def own_folders(self) -> tuple[str, ...]:
        """Where the kind mounts something in the main container."""
        return ()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """List the fields of the kind itself first and those that every kind has last, in documents and documentation."""
        super().__pydantic_init_subclass__(**kwargs)
        inherited = {
            name for base in cls.__mro__[1:] if issubclass(base, WorkloadSpec) for name in base.__pydantic_fields__
        }

        def rank(field: tuple[str, object]) -> int:
            return 2 if field[0] in WorkloadSpec.__pydantic_fields__ else int(field[0] in inherited)

        cls.__pydantic_fields__ = dict(sorted(cls.__pydantic_fields__.items(), key=rank))

    @classmethod
    def meant_by(cls, name: str) -> str:
        """Return what to write instead of the field *name*, which pods or well-known charts have and this kind has not."""
        from .other_names import field_for  # only errors need it

        known = {field.alias or python_name for python_name, field in cls.model_fields.items()}
        return cls.other_names.get(name) or field_for(name, known, cls.workload_kind)

    def _label_problems(self) -> Iterable[Problem]:
        labels, adopted = self.labels, (self.adopt and self.adopt.selector) or {}
        for path, message in label_problems(labels):
            yield Problem(("labels", *path), message)
        for key in (NAME, INSTANCE):
            if key in labels and not adopted:
                yield Problem(
                    ("labels", key), "belongs to the selector and is derived from metadata.name; leave it out"
                )
        for key, field, value in ((PART_OF, "partOf", self.part_of), (COMPONENT, "component", self.component)):
            if value is not None and key in labels:
                yield Problem(("labels", key), f"is {field} ({value}); leave one of them out")

    def _annotation_problems(self) -> Iterable[Problem]:
        for path, message in annotation_problems(self.annotations):
            yield Problem(("annotations", *path), message)

    def _group_problems(self) -> Iterable[Problem]:
        group = self.security_context.fs_group if self.security_context else None
        if group is not None and self.fs_group not in (None, group):
            message = f"contradicts securityContext.fsGroup ({group}); leave one of them out, got {self.fs_group}"
            yield Problem(("fsGroup",), message)

    def _pull_secret_problems(self) -> Iterable[Problem]:
        return pull_secret_problems(self.image_pull_secrets) if self.image_pull_secrets else ()

    def _hook_problems(self) -> Iterable[Problem]:
        return hook_problems(self.lifecycle, ("lifecycle",)) if self.lifecycle else ()

    def _pod_security_problems(self) -> Iterable[Problem]:
        context = self.security_context
        return pod_security_problems(context, ("securityContext",)) if context else ()

    def _security_problems(self) -> Iterable[Problem]:
        context = self.container_security_context
        return security_problems(context, ("containerSecurityContext",)) if context else ()

    def _connection_problems(self) -> Iterable[Problem]:
        if not self.connections:
            return
        yield from connection_problems(self.connections, getattr(self, "env", ()))
        groups = (("sidecars", getattr(self, "sidecars", ())), ("initContainers", getattr(self, "init_containers", ())))
        yield from container_problems(self.connections, groups)

    def _overlay_problems(self) -> Iterable[Problem]:
        return overlay_problems(self.overlay) if self.overlay else ()

    def _placement_problems(self) -> Iterable[Problem]:
        if not (self.node_selector or self.tolerations or self.affinity or self.topology_spread_constraints):
            return
        for path, message in label_problems(self.node_selector):
            yield Problem(("nodeSelector", *path), message)
        yield from toleration_problems(self.tolerations)
        if self.affinity:
            yield from affinity_problems(self.affinity)
        yield from spread_problems(self.topology_spread_constraints or ())

    def _resolving_problems(self) -> Iterable[Problem]:
        yield from alias_problems(self.host_aliases)
        if self.dns_config or self.dns_policy:
            yield from dns_problems(self.dns_config, self.dns_policy)

    def _account_problems(self) -> Iterable[Problem]:
        if self.service_account and self.service_account_name is not None:
            yield Problem(("serviceAccount",), "makes an account; leave this or serviceAccountName out")
        if self.service_account and self.automount_service_account_token is not None:
            message = "is for accounts that exist; write serviceAccount.automountToken"
            yield Problem(("automountServiceAccountToken",), message)

    def _attachment_problems(self) -> Iterable[Problem]:
        if not (attached := self.attached):
            return
        if self.configs and CONFIG_HASH in self.annotations:
            yield Problem(("annotations", CONFIG_HASH), "is derived from configs; leave it out")
        yield from attachment_problems(
            attached,
            volumes=[volume.name for volume in getattr(self, "volumes", ())],
            mounts=[mount.mount_path for mount in getattr(self, "volume_mounts", ())],
            variables=[variable.name for variable in getattr(self, "env", ())],
            own_names=self.own_names,
            own_folders=self.own_folders,
        )

    rules: ClassVar[tuple[Rule, ...]] = (
        _label_problems,
        _connection_problems,
        _annotation_problems,
        _group_problems,
        _pull_secret_problems,
        _hook_problems,
        _pod_security_problems,
        _security_problems,
        _overlay_problems,
        _placement_problems,
        _resolving_problems,
        _account_problems,
        _attachment_problems,
    )
