"""What becomes of one workload: whether fields say it, whether an overlay does, and whether a cluster would take it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.errors import HanzoError
from hanzo_constructs.kube.kinds import KINDS
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.verify import prove

from .compare import Missing, missing
from .corpus import Object, Workload
from .overlay import overlay_of
from .translate import resource_of

__all__ = ["Verdict", "verdict"]

PLATFORM = Platform(podSecurity="none")  # type: ignore[call-arg]
_COMPARED = ("Deployment", "StatefulSet", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget")


@dataclass
class Verdict:
    """What can be said of a workload."""

    workload: Workload
    fields: bool = False
    """Whether every value of it and of its companions arrives from fields of the spec; objects of kinds or shapes for which
    there is no block stand beside, as they are."""
    overlay: bool = False
    """Whether it does with an overlay."""
    adopted: bool = False
    """Whether nothing differs that can never be changed: the selector, the names, what a StatefulSet keeps."""
    missing: list[str] = field(default_factory=list)
    """What fields do not say."""
    beyond: list[str] = field(default_factory=list)
    """What an overlay does not say either."""
    refused: list[str] = field(default_factory=list)
    """Why the resource does not compile, or does not fit together."""


def verdict(workload: Workload) -> Verdict:
    """Try to say *workload* by fields, then by an overlay as well."""
    found = Verdict(workload)
    translated = resource_of(workload)
    if translated is None:
        found.missing.append(f"kind {workload.manifest['kind']}")
        return found
    resource, made = translated
    compilation, found.refused = _compiled(resource)
    if compilation is None:
        return found
    lacking = _lacking(workload, compilation, made)
    found.missing = sorted({_generic(kind, path) for kind, path, _ in lacking})
    found.fields = not lacking and not found.refused
    immutable = {each for each in lacking if _is_immutable(*each[:2])}
    found.adopted = not immutable
    if not lacking:
        found.overlay = found.fields
        return found
    if (overlay := overlay_of(compilation, lacking)) is None:
        found.beyond = found.missing
        return found
    compilation, refused = _compiled({**resource, "spec": {**resource["spec"], "overlay": overlay}})
    if compilation is None or refused:
        found.beyond = [f"overlay refused: {each}" for each in refused]
        return found
    left = _lacking(workload, compilation, made)
    found.beyond = sorted({_generic(kind, path) for kind, path, _ in left})
    found.overlay = not left
    return found


def _compiled(resource: Object) -> tuple[Compilation | None, list[str]]:
    """Return what *resource* becomes, and why it does not; values of the user's are left out of the words."""
    try:
        compilation = compile_resource(parse(resource, PLATFORM), PLATFORM)
    except HanzoError as error:
        return None, sorted(
            {_wordless(finding.path, finding.message) for finding in error.findings if finding.severity == "error"}
        )
    errors = [each for each in prove([compilation]).findings if each.severity == "error"]
    return compilation, sorted({_wordless(each.path, each.message) for each in errors})


def _lacking(workload: Workload, compilation: Compilation, made: set[str]) -> set[tuple[str, Any, str]]:
    """Return kind, path and value of everything that *compilation* lacks; values as text, to be put into a set."""
    lacking: dict[tuple[str, Any], Missing] = {}
    ours = compilation.manifests
    for original in (workload.manifest, *workload.companions):
        kind = original["kind"]
        if kind not in _COMPARED or (
            original is not workload.manifest and f"{kind} {original['metadata']['name']}" not in made
        ):
            continue  # stands beside as it is
        got = next((each for each in ours if each["kind"] == kind and _same_name(each, original, kind)), None)
        for path, value in missing(_plain(original, workload), _beside(got or {})):
            lacking[kind, path] = (path, value)
    return {(kind, path, repr(value)) for (kind, path), (_, value) in lacking.items()}


def _beside(ours: Object) -> Object:
    """Return *ours* with its sidecars among the containers: that they start first is what is derived of them."""
    pod = ((ours.get("spec") or {}).get("template") or {}).get("spec")
    if not pod or not pod.get("initContainers"):
        return ours
    first = [each for each in pod["initContainers"] if each.get("restartPolicy") == "Always"]
    pod = {**pod, "containers": [*pod["containers"], *first]}
    return {**ours, "spec": {**ours["spec"], "template": {**ours["spec"]["template"], "spec": pod}}}


def _same_name(each: Object, original: Object, kind: str) -> bool:
    return each["metadata"]["name"] == original["metadata"]["name"] or kind != "Service"


def _plain(original: Object, workload: Workload) -> Object:
    """Return *original* without what a server wrote and what is nobody's wish, with the numbers of named ports."""
    metadata = {key: original["metadata"].get(key) for key in ("name", "labels", "annotations")}
    if isinstance(annotations := metadata["annotations"], dict):
        metadata["annotations"] = {
            key: value
            for key, value in annotations.items()
            if not key.startswith(("kubectl.kubernetes.io/", "deployment.kubernetes"))
        }
    spec = dict(original.get("spec") or {})
    if (template := spec.get("template")) and (
        pod := template.get("spec")
    ):  # serviceAccount is another name of its name
        spec["template"] = {**template, "spec": {key: value for key, value in pod.items() if key != "serviceAccount"}}
    if original["kind"] == "Service":
        containers = workload.manifest["spec"]["template"]["spec"]["containers"]
        numbers = {port.get("name"): port["containerPort"] for each in containers for port in each.get("ports") or ()}
        spec["ports"] = [
            {**port, "targetPort": numbers.get(port.get("targetPort"), port.get("targetPort", port["port"]))}
            for port in spec.get("ports") or ()
        ]
    return {"metadata": metadata, "spec": spec}


def _is_immutable(kind: str, path: tuple[Any, ...]) -> bool:
    return (path[:1] == ("spec",) and len(path) > 1 and path[1] in KINDS[kind].immutable) or path == (
        "metadata",
        "name",
    )


def _generic(kind: str, path: tuple[Any, ...]) -> str:
    """Return *path* without names of the user's: those of items and of labels."""
    steps: list[str] = []
    for at, step in enumerate(map(str, path)):
        before = str(path[at - 1]) if at else ""
        named = before in {
            "containers",
            "initContainers",
            "env",
            "volumes",
            "volumeMounts",
            "ports",
            "labels",
            "annotations",
        }
        steps.append(
            "*"
            if named
            or (before in {"nodeSelector", "matchLabels", "selector", "volumeClaimTemplates"} and kind != "Deployment")
            else step
        )
    return f"{kind} {'.'.join(steps)}"


def _wordless(path: str, message: str) -> str:
    words = re.sub(r'"[^"]*"|\d+', "_", message)
    return re.sub(r"\[\d+\]", "[]", f"{path}: {words}")[:150]
