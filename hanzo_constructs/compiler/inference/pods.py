"""The pods of a model: the engine with its arguments, its probes, and what it finds on its node."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...children.container import pre_stop_seconds
from ...children.ports import container_ports
from ...kube.expansion import escaped
from ...kube.model import written
from ...kube.owner import Pods
from ...platform import Rules
from ...spec.inference.blocks import CACHE_FOLDER, whole_seconds
from ...spec.inference.engine import Drain
from ...spec.inference.spec import SHARED_MEMORY, InferenceServiceSpec
from ..attachments import workload_template
from ..workload import AS_WRITTEN, main_container, pod_fields
from .accelerators import on_gpu_nodes, requirements
from .models import Placed, placed

__all__ = ["GRACE_SECONDS", "LIVENESS_FAILURES", "WHY", "model_template", "probes"]

GRACE_SECONDS = 120
"""Seconds that a pod gets to stop: a generation that runs comes to its end."""
LIVENESS_FAILURES = 10
"""Answers that may be missing before the engine is restarted, which costs the load of the model."""
_READINESS_FAILURES = 3
_STARTUP_PERIOD = 10
_CERTIFICATE = "--ssl-certfile"
"""The option with which vLLM speaks TLS on its port (vllm-project/vllm at 00522333, vllm/entrypoints/openai/cli_args.py)."""
_MARGIN = 10
"""Seconds between the end of the drain and the kill."""
_SHARED_MEMORY_GIB = 2
"""What vLLM's own manifests give for each GPU: 2Gi for one, 15Gi for eight (vllm-project/vllm at 051f9b87,
docs/deployment/k8s.md and docs/deployment/frameworks/lws.md)."""
_WRITTEN = AS_WRITTEN - {"args", "resources"}

_MAIN = "spec.template.spec.containers[0]"
WHY = {
    "spec.template.spec.terminationGracePeriodSeconds": "a generation that runs comes to its end",
    "spec.strategy": "a new pod waits for a GPU that the old one holds",
    f"{_MAIN}.livenessProbe.failureThreshold": "looser than readiness: a restart costs the load of the model",
    f"{_MAIN}.livenessProbe.httpGet.path": "the path that the engine answers while it lives",
    f"{_MAIN}.readinessProbe.failureThreshold": "as Kubernetes does by itself",
    f"{_MAIN}.readinessProbe.httpGet.path": "what the engine answers when the model is loaded",
    f"{_MAIN}.startupProbe.periodSeconds": "the steps in which the startup budget is counted",
    f"{_MAIN}.ports": "engines listen on one port",
    f"{_MAIN}.args": "how the engine is told its model, its port and what it may use",
    f"{_MAIN}.command": "the program of the engine",
    f"{_MAIN}.env": "where the engine keeps files, and what it is told by variables",
    f"{_MAIN}.volumeMounts": "shared memory for the processes of the engine, and the files of the model",
    f"{_MAIN}.securityContext.readOnlyRootFilesystem": "the hook that brings the GPU into the container writes there",
    "spec.template.spec.volumes": "shared memory for the processes of the engine, 2Gi for each GPU from epoch 2026 on, and the"
    " files of the model",
    "spec.template.spec.tolerations": "nodes with GPUs keep other pods away by this taint",
    "spec.template.spec.affinity": "nodes whose GPUs report at least 92 % of the size; nodes with several kinds of GPUs, or"
    " sliced ones (MIG), carry other labels",
    "spec.template.spec.resourceClaims": "the GPUs of the pod, as devices",
    f"{_MAIN}.resources.claims": "the GPUs of the pod, as devices",
    "spec.template.spec.initContainers": "what fetches the model",
}
"""What is always so, and why: by the place in a Deployment."""


def probes(spec: InferenceServiceSpec) -> dict[str, Any]:
    """Return the probes of the engine.

    Startup fails at the end of the budget and never before: of N questions every 10 seconds, the first is asked at once.
    Liveness waits for it, and is looser than readiness.
    """
    health = spec.health_check
    timeout = whole_seconds(health.timeout)
    pace = {"periodSeconds": whole_seconds(health.interval), "timeoutSeconds": timeout}
    questions = -(-whole_seconds(spec.startup_budget) // _STARTUP_PERIOD) + 1

    scheme = {"scheme": "HTTPS"} if _CERTIFICATE in _options(spec) else {}

    def asked(path: str) -> dict[str, Any]:
        return {"httpGet": {"path": path, "port": spec.port, **scheme}}

    return {
        "livenessProbe": {**asked(health.path), **pace, "failureThreshold": LIVENESS_FAILURES},
        "readinessProbe": {**asked(_ready_path(spec)), **pace, "failureThreshold": _READINESS_FAILURES},
        "startupProbe": {
            **asked(health.path),
            "periodSeconds": _STARTUP_PERIOD,
            "timeoutSeconds": timeout,
            "failureThreshold": questions,
        },
    }


def _ready_path(spec: InferenceServiceSpec) -> str:
    """Return the path that answers when requests can be served; one that asks for a key answers no probe."""
    engine = spec.engine_facts
    written = {word.partition("=")[0] for word in spec.engine_args} | {each.name for each in spec.env}
    return spec.health_check.path if engine.ready is None or written & {*engine.keys} else engine.ready


def model_template(pods: Pods, reference: str, spec: InferenceServiceSpec, rules: Rules) -> dict[str, Any]:
    """Return the template of *pods*, which serve the model of *reference*."""
    wrote = written(spec, _WRITTEN)
    model = placed(reference, spec, wrote, rules)
    command = wrote.get("command") or list(spec.engine_facts.command) or None
    context = wrote.get("containerSecurityContext")
    if spec.gpu and rules.platform.read_only_root_filesystem and "readOnlyRootFilesystem" not in (context or {}):
        wrote = {**wrote, "containerSecurityContext": {**(context or {}), "readOnlyRootFilesystem": False}}
    main = main_container(
        pods,
        spec.engine_image,
        wrote,
        rules,
        command=command,
        args=_arguments(pods, model, spec) or None,
        ports=container_ports(spec.ports),
        env=[*_variables(model, spec), *wrote.get("env", ())] or None,
        resources=requirements(spec, rules),
        volumeMounts=[*_shared_mounts(spec), *model.mounts, *wrote.get("volumeMounts", ())] or None,
        **probes(spec),
    )
    pod = {
        **pod_fields(spec, wrote, grace=GRACE_SECONDS),
        "initContainers": [*wrote.get("initContainers", ()), *([model.loader] if model.loader else [])] or None,
        "volumes": [*_shared_volumes(spec, rules), *model.volumes, *wrote.get("volumes", ())] or None,
    }
    return workload_template(
        spec,
        pods,
        [main, *wrote.get("sidecars", ())],
        rules=rules,
        spread="pod-template-hash",
        pod=on_gpu_nodes(pod, pods.owner, spec, rules),
    )


def _arguments(pods: Pods, model: Placed, spec: InferenceServiceSpec) -> list[str]:
    """Return the arguments of the engine: the model, its name for clients, the port, and what the user adds."""
    engine, own = spec.engine_facts, _options(spec)
    words = [*engine.model, escaped(model.model)] if engine.takes_model else []
    if model.revision and engine.revision:
        words += (engine.revision, model.revision)
    options: list[tuple[str | None, str | None]] = [
        (engine.port, str(spec.port)),
        (engine.served_name, pods.owner.name),
        (engine.parallel, str(spec.gpu) if spec.gpu > 1 else None),
        (engine.drain.option if engine.drain else None, _drain(spec)),
    ]
    words += engine.fixed
    for option, value in options:
        if option and value is not None and option not in own:
            words += (option, value)
    return [*words, *spec.engine_args]


def _options(spec: InferenceServiceSpec) -> set[str]:
    """Return the options among the arguments that the user adds."""
    return {word.partition("=")[0] for word in spec.engine_args}


def _drain(spec: InferenceServiceSpec) -> str | None:
    """Return the seconds in which requests may come to their end, where the image is known to take them."""
    engine = spec.engine_facts
    if engine.drain is None or not _knows(engine.drain, spec.engine_image.tag):
        return None
    own = spec.termination_grace_period_seconds
    grace = GRACE_SECONDS if own is None else own
    return str(max(grace - pre_stop_seconds(grace) - _MARGIN, 0))


def _knows(drain: Drain, tag: str | None) -> bool:
    """Tell whether the image with *tag*, such as v0.27.1, is of a version that takes the option."""
    numbers = (tag or "").lstrip("v").split(".")
    if len(numbers) < 2 or not all(each.isascii() and each.isdigit() for each in numbers[:2]):
        return False
    return (int(numbers[0]), int(numbers[1])) >= drain.since


def _variables(model: Placed, spec: InferenceServiceSpec) -> Iterator[dict[str, Any]]:
    """Yield the variables of the engine, but for those that the user sets."""
    engine, own = spec.engine_facts, {each.name for each in spec.env}
    found: dict[str, Any] = {}
    if spec.cache:
        found |= {name: {"value": f"{CACHE_FOLDER}/{folder}"} for name, folder in engine.caches.items()}
    if token := spec.token_secret:
        found["HF_TOKEN"] = {"valueFrom": {"secretKeyRef": {"name": token.name, "key": token.key}}}
    if not engine.takes_model:
        found["MODEL"] = {"value": escaped(model.model)}
        if model.revision:
            found["MODEL_REVISION"] = {"value": model.revision}
    if engine.port is None:
        found["PORT"] = {"value": str(spec.port)}
    yield from ({"name": name, **source} for name, source in found.items() if name not in own)


def _has_shared_memory(spec: InferenceServiceSpec) -> bool:
    own = any(mount.mount_path.rstrip("/") == SHARED_MEMORY for mount in spec.volume_mounts)
    return bool(spec.gpu) and not own


def _shared_mounts(spec: InferenceServiceSpec) -> list[dict[str, Any]]:
    return [{"name": "shm", "mountPath": SHARED_MEMORY}] if _has_shared_memory(spec) else []


def _shared_volumes(spec: InferenceServiceSpec, rules: Rules) -> list[dict[str, Any]]:
    if not _has_shared_memory(spec):
        return []
    size = _SHARED_MEMORY_GIB * (spec.gpu if rules.epoch.shared_memory_by_gpu else 1)
    return [{"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": f"{size}Gi"}}]
