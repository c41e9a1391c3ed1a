"""Datastore: StatefulSet, its Services and claim, and what its optional blocks ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..children.cluster_service import traffic_distribution
from ..children.config_map import config_map
from ..children.pod import free_volume_name
from ..children.pod_disruption_budget import pod_disruption_budget
from ..children.service_monitor import service_monitor
from ..errors import Finding
from ..kube.labels import backup_selector
from ..kube.model import written
from ..kube.owner import Pods
from ..kube.paths import clean_path, is_within
from ..platform import Platform, Rules
from ..spec.backup import backup_target
from ..spec.datastore import Datastore
from ..spec.ports import exposed
from .attachments import attached_children, workload_template
from .backup import BACKUP_WHY, backup_children, backup_findings, joined
from .child import Child
from .credential_keys import key_needs
from .engine import (
    claim_group,
    claim_path,
    container_ports,
    database_of,
    derived_args,
    derived_variables,
    directory_defaults,
    main_user,
    offered_ports,
    readiness,
    used_image,
)
from .engine_findings import credential_findings, listening_findings
from .findings import (
    budget_findings,
    enabled_findings,
    eviction_findings,
    image_findings,
    size_findings,
    unmounted_findings,
)
from .generation_findings import generation_findings
from .kind import Compiler
from .links import NO_LINKS, Links
from .needs import Caller, Need, caller_of, namespace_of, text_needs
from .optional_blocks import active, secret_children
from .own_needs import replica_need
from .readings import variables
from .references import reference_findings
from .relied_on import datastore_facts
from .rollout import stateful_set_rollout_findings
from .scraping import monitor_findings, scraped_path
from .services import service_findings
from .stateful_set import stateful_children
from .workload import AS_WRITTEN, main_container, pod_fields

__all__ = ["DATASTORE", "compile_datastore", "datastore_findings"]

_DIRECTORIES = "directories"
_DIRECTORIES_CHILD = f"ConfigMap-{_DIRECTORIES}"


_WHY = {
    "Service": {
        "spec.ports[*].name": "a port that the engine has under this name",
        "spec.ports[*].protocol": "every engine speaks TCP",
    },
    "StatefulSet": {
        "spec.template.spec.containers[0].ports[*].protocol": "every engine speaks TCP",
        "spec.template.spec.containers[0].volumeMounts[0].name": "the volume of the data",
        "spec.template.spec.containers[0].readinessProbe.periodSeconds": "often enough that a server that is ready need not wait",
    },
    "NetworkPolicy": {"spec.ingress[*].ports[*].protocol": "every engine speaks TCP"},
}
"""What is always so for a store, and why: by the kind of the child and the place in it."""


def compile_datastore(datastore: Datastore, pods: Pods, rules: Rules, _: Links = NO_LINKS) -> Iterator[Child]:
    """Yield the children of *datastore* in apply order."""
    spec, platform, engine = datastore.spec, rules.platform, datastore.engine
    monitor, declared = active(spec.service_monitor), offered_ports(spec, engine, rules)
    ports = exposed(declared)
    yield from secret_children(pods.owner, spec.kms_secrets, platform)
    yield from attached_children(pods.owner, spec, platform)
    if directories := directory_defaults(datastore, rules):
        yield Child(_DIRECTORIES_CHILD, config_map(pods.owner, _DIRECTORIES, directories), "spec.envFrom")
    traffic = traffic_distribution(rules, several=spec.replicas > 1)
    yield from stateful_children(
        spec,
        pods,
        _template(datastore, pods, rules),
        rules,
        ports=declared,
        headless=datastore.headless_name,
        replicas=spec.replicas,
        claim=spec.claim,
        storage=spec.storage,
        rollout=spec.rollout,
        management=rules.epoch.pod_management,
        traffic=traffic,
        aliases=spec.service_aliases,
    )
    yield from backup_children(datastore, pods, rules)
    if budget := active(spec.pdb):
        yield Child("PodDisruptionBudget", pod_disruption_budget(pods, budget, rules=rules), "spec.pdb")
    if monitor:
        path = scraped_path(datastore, monitor, rules)
        manifest = service_monitor(pods, monitor, ports=ports, path=path, among_several=True)
        yield Child("ServiceMonitor", manifest, "spec.serviceMonitor")


def datastore_findings(datastore: Datastore, rules: Rules, _: Links = NO_LINKS) -> Iterator[Finding]:
    """Yield what the platform or the epoch doubts or refuses in *datastore*."""
    spec, engine = datastore.spec, datastore.engine
    others = (("sidecars", spec.sidecars),)
    yield from image_findings(used_image(datastore, rules), others, spec.volumes, rules, default=spec.image is None)
    derived = derived_variables(datastore, rules).keys() | directory_defaults(datastore, rules).keys()
    yield from reference_findings(spec, others, rules, derived=derived, filled=spec.credentials_secret is not None)
    yield from service_findings(spec, spec.ports, rules)
    yield from size_findings(spec.storage.size, "spec.storage.size")
    yield from stateful_set_rollout_findings(spec.rollout, rules)
    yield from enabled_findings(
        (
            ("backup", spec.backup),
            ("pdb", spec.pdb),
            ("networkPolicy", spec.network_policy),
            ("serviceMonitor", spec.service_monitor),
        )
    )
    if engine.unclustered and spec.replicas > 1:
        message = f"{engine.unclustered}, and nothing here sets that up: clients reach any of them, got {spec.replicas}"
        yield Finding(message, "spec.replicas", severity="warning")
    yield from listening_findings(datastore, rules)
    yield from credential_findings(datastore)
    yield from generation_findings(datastore, rules)
    yield from monitor_findings(datastore, rules)
    yield from backup_findings(datastore, rules)
    if budget := active(spec.pdb):
        yield from eviction_findings(budget, rules)
        yield from budget_findings(budget, spec.replicas, rules)
    yield from unmounted_findings(spec.volumes, spec.volume_mounts, spec.sidecars)


def _template(datastore: Datastore, pods: Pods, rules: Rules) -> dict[str, Any]:
    spec, image = datastore.spec, used_image(datastore, rules)
    wrote = written(spec, AS_WRITTEN)
    needed = [{"name": name, "value": value} for name, value in derived_variables(datastore, rules).items()]
    sources = [{"secretRef": {"name": spec.credentials_secret}}] if spec.credentials_secret else []
    if directory_defaults(datastore, rules):
        sources.append(
            {"configMapRef": {"name": pods.owner.named(_DIRECTORIES_CHILD, f"{pods.owner.name}-{_DIRECTORIES}")}}
        )
    volumes, mounts = _scratch(datastore, wrote) if rules.platform.read_only_root_filesystem else ([], [])
    main = main_container(
        pods,
        image,
        wrote,
        rules,
        user=main_user(datastore, rules),
        args=wrote.get("args", derived_args(datastore, rules)),
        ports=container_ports(datastore, rules),
        env=joined(needed, wrote.get("env")),
        envFrom=joined(sources, wrote.get("envFrom")),
        volumeMounts=[
            {"name": spec.claim, "mountPath": claim_path(datastore, rules)},
            *wrote.get("volumeMounts", ()),
            *mounts,
        ],
        readinessProbe=readiness(datastore, rules),
    )
    return workload_template(
        spec,
        pods,
        [main, *wrote.get("sidecars", ())],
        rules=rules,
        spread="controller-revision-hash" if spec.replicas > 1 else None,
        pod={
            **pod_fields(spec, wrote, grace=rules.epoch.stateful_grace, group=claim_group(datastore, rules)),
            "volumes": [*wrote.get("volumes", ()), *volumes] if volumes else wrote.get("volumes"),
        },
    )


def _scratch(datastore: Datastore, wrote: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return volumes and mounts for what the image of *datastore* writes beside its data, unless the user *wrote* some there."""
    own = [clean_path(mount["mountPath"]) for mount in wrote.get("volumeMounts", ())]
    volumes: list[dict[str, Any]] = []
    mounts = []
    for directory in datastore.generation.scratch:
        if not any(is_within(directory, mount) for mount in own):
            name = free_volume_name("run", [{"name": datastore.spec.claim}, *wrote.get("volumes", ()), *volumes])
            volumes.append({"name": name, "emptyDir": {}})
            mounts.append({"name": name, "mountPath": directory})
    return volumes, mounts


def _needs(datastore: Datastore, platform: Platform) -> Iterator[Need]:
    """Yield what the replicas of *datastore* ask of each other, and its backup of the engine and of the store."""
    if datastore.spec.replicas > 1:
        yield replica_need(datastore, platform)
    backup, engine = datastore.spec.active_backup, datastore.engine
    target = backup_target(backup, platform) if backup else None
    if target is None:
        return
    namespace = namespace_of(datastore, platform)
    job = Caller(f"the backup of {datastore}", namespace, tuple(backup_selector(datastore.name).items()))
    dumped = next(port for port in datastore.spec.all_ports(engine) if port.name == engine.dump_port)
    yield Need(job, namespace, datastore.service_name, dumped.exposed_port, "spec.backup")
    # the job has the variables of the engine too, and there are engines that write their dumps to the store themselves
    yield from text_needs([job], variables(datastore.spec.env, "spec.env"), platform.cluster_domain)
    store = [(target.endpoint, "", "spec.backup.s3Endpoint")]
    yield from text_needs([caller_of(datastore, platform), job], store, platform.cluster_domain)


DATASTORE = Compiler(
    compile_datastore,
    datastore_findings,
    image=used_image,
    needs=_needs,
    key_needs=key_needs,
    image_facts=datastore_facts,
    why={**_WHY, **BACKUP_WHY},
    database=database_of,
    schemes=lambda datastore: datastore.engine.schemes,
    is_stateful=True,
)
