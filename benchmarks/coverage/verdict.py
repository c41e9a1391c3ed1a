"""What becomes of one workload: whether fields say it, whether an overlay does, and whether a cluster would take it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.errors import InputError
from hanzo_constructs.importing.manifests import Workload as Imported
from hanzo_constructs.importing.manifests import cleaned, converted, normal
from hanzo_constructs.kube.kinds import KINDS
from hanzo_constructs.own_objects import scaled_targets, without_scaled_replicas
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.verify import prove

from .compare import Missing, missing
from .corpus import Object, Workload
from .validity import invalid

__all__ = ["Verdict", "verdict"]

PLATFORM = Platform(podSecurity="none", ingressClassStyle="field")  # type: ignore[call-arg]
_MARKS = ("helm.sh/", "meta.helm.sh/", "kubectl.kubernetes.io/", "deployment.kubernetes", "argocd.argoproj.io/tracking")
_MANAGERS = [("app.kubernetes.io/managed-by", tool) for tool in ("Helm", "kustomize")]
"""Labels by which tools mark what they made."""
_COMPARED = ("Deployment", "StatefulSet", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget")


@dataclass
class Verdict:
    """What can be said of a workload."""

    workload: Workload
    invalid: str = ""
    """Why it is no valid manifest; nothing where it is one."""
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
    found = Verdict(workload, invalid(workload))
    read = Imported(
        normal(cleaned(workload.manifest)), [normal(cleaned(each)) for each in workload.companions], workload.shared
    )
    conversion = converted(read, PLATFORM)
    if conversion.resource is None:
        found.beyond = sorted({_wordless(each.path, each.why) for each in conversion.obstacles})
        found.missing = found.refused = found.beyond
        return found
    resource, made = conversion.resource, set(conversion.made)
    beside = [each for each in workload.companions if f"{each['kind']} {each['metadata']['name']}" not in made]
    compilation, found.refused = _compiled(resource, beside)
    if compilation is None:
        return found
    left = _lacking(workload, compilation, made)
    found.beyond = sorted({_generic(kind, path) for kind, path, _ in left})
    found.overlay = not left and not found.refused
    found.adopted = not any(_is_immutable(kind, path) for kind, path, _ in left)
    if "overlay" not in resource["spec"]:
        found.missing, found.fields = found.beyond, found.overlay
        return found
    spec = {field: value for field, value in resource["spec"].items() if field != "overlay"}
    compilation, _ = _compiled({**resource, "spec": spec}, beside)
    lacking = _lacking(workload, compilation, made) if compilation else set()
    found.missing = sorted({_generic(kind, path) for kind, path, _ in lacking})
    return found


def _compiled(resource: Object, beside: list[Object]) -> tuple[Compilation | None, list[str]]:
    """Return what *resource* becomes *beside* other objects, and why it does not; values of the user's are left out of the words."""
    try:
        compilation = without_scaled_replicas(
            compile_resource(parse(resource, PLATFORM), PLATFORM), scaled_targets(beside)
        )
    except InputError as error:
        return None, sorted(
            {_wordless(finding.path, finding.message) for finding in error.findings if finding.severity == "error"}
        )
    errors = [each for each in prove([compilation], beside).findings if each.severity == "error"]
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
        ours_plain = _by_numbers(got or {})
        if kind == "Service":  # it leads to these pods alone, by whatever labels of theirs
            ours_plain = {
                **ours_plain,
                "spec": {**ours_plain.get("spec", {}), "selector": original["spec"]["selector"]},
            }
        for path, value in missing(_plain(original, workload), ours_plain):
            lacking[kind, path] = (path, value)
    return {(kind, path, repr(value)) for (kind, path), (_, value) in lacking.items()}


def _by_numbers(ours: Object) -> Object:
    """Return *ours* with what a kubelet reads out of it."""
    pod = ((ours.get("spec") or {}).get("template") or {}).get("spec")
    if not pod:
        return ours
    return {**ours, "spec": {**ours["spec"], "template": {**ours["spec"]["template"], "spec": _by_number(pod)}}}


def _by_number(pod: Object) -> Object:
    """Return *pod* with the numbers and paths that its probes ask and when images are pulled, as a kubelet reads them."""
    found = dict(pod)
    for part in ("containers", "initContainers"):
        if pod.get(part):
            found[part] = [_with_numbers(each) for each in pod[part]]
    return found


def _volumes(spec: Object) -> list[Object]:
    """Return the volumes of the pods of *spec* as an API server reads them.

    One without a source is an emptyDir, one with the name of a claim template is that claim.
    """
    claims = {each["metadata"]["name"] for each in spec.get("volumeClaimTemplates") or ()}
    volumes = [each for each in spec["template"]["spec"].get("volumes") or () if each["name"] not in claims]
    return [each if len(each) > 1 else {**each, "emptyDir": {}} for each in volumes]


def _port_number(port: Any, container: Object) -> Any:
    """Return the number of the *port* that *container* declares by that name; *port* itself where there is none."""
    numbers = {each.get("name"): each.get("containerPort") for each in container.get("ports") or ()}
    return numbers.get(port, port)


def _with_numbers(container: Object) -> Object:
    found = dict(container)
    image, _, digest = str(container.get("image")).partition("@")
    is_moving = not digest and image.rpartition("/")[2].partition(":")[2] in ("", "latest")
    found.setdefault("imagePullPolicy", "Always" if is_moving else "IfNotPresent")
    for part in ("livenessProbe", "readinessProbe", "startupProbe"):
        probe = dict(container.get(part) or {})
        for handler in ("httpGet", "tcpSocket"):
            if asked := probe.get(handler):
                probe[handler] = {**asked, "port": _port_number(asked.get("port"), container)}
        if http := probe.get("httpGet"):
            probe["httpGet"] = {**http, "path": f"/{str(http.get('path', '')).removeprefix('/')}"}
        if probe:
            found[part] = probe
    return found


def _same_name(each: Object, original: Object, kind: str) -> bool:
    return each["metadata"]["name"] == original["metadata"]["name"] or kind != "Service"


def _plain(original: Object, workload: Workload) -> Object:
    """Return *original* without what a server wrote and what is nobody's wish, with the numbers of named ports."""
    metadata = _without_marks({key: original["metadata"].get(key) for key in ("name", "labels", "annotations")})
    spec = dict(original.get("spec") or {})
    if (template := spec.get("template")) and (
        pod := template.get("spec")
    ):  # serviceAccount is another name of its name
        pod = {key: value for key, value in pod.items() if key != "serviceAccount"}
        template = {**template, "metadata": _without_marks(template.get("metadata") or {})}
        spec["template"] = {**template, "spec": {**_by_number(pod), "volumes": _volumes(spec)}}
    if claims := spec.get("volumeClaimTemplates"):  # their kind goes without saying
        spec["volumeClaimTemplates"] = [{key: each.get(key) for key in ("metadata", "spec")} for each in claims]
    if workload.of_kind("HorizontalPodAutoscaler"):
        spec.pop("replicas", None)  # it is the autoscaler's
    if original["kind"] == "Service":
        containers = workload.manifest["spec"]["template"]["spec"]["containers"]
        numbers = {port.get("name"): port["containerPort"] for each in containers for port in each.get("ports") or ()}
        spec["ports"] = [
            {**port, "targetPort": numbers.get(port.get("targetPort"), port.get("targetPort", port["port"]))}
            for port in spec.get("ports") or ()
        ]
    return {"metadata": metadata, "spec": spec}


def _without_marks(metadata: Object) -> Object:
    """Return *metadata* without what tells Helm and others which release or chart an object came from."""
    found = dict(metadata)
    for part in ("labels", "annotations"):
        if isinstance(metadata.get(part), dict):
            found[part] = {
                key: value
                for key, value in metadata[part].items()
                if not key.startswith(_MARKS) and (key, value) not in _MANAGERS
            }
    return found


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
