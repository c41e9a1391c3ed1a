"""The containers of a workload: variables with placeholders, files, volumes, probes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...kube.expansion import escaped
from ...kube.fields import Path
from ...kube.names import data_key_problem
from ..notes import Files, Notes, dns_label
from .placeholders import pieces_of, resolved
from .resources import Asked

__all__ = ["Pod", "container_of"]

_SIZE = "10Gi"


@dataclass(slots=True)
class Pod:
    """What the containers of a workload share."""

    name: str
    metadata: Mapping[str, Any]
    asked: Mapping[str, Asked]
    files: Files
    notes: Notes
    connections: dict[str, dict[str, Any]] = field(default_factory=dict)
    volumes: list[dict[str, Any]] = field(default_factory=list)
    persistence: list[dict[str, Any]] = field(default_factory=list)
    objects: list[dict[str, Any]] = field(default_factory=list)

    def plain(self, path: tuple[str, ...]) -> str | None:
        """Return what a placeholder for metadata stands for; None for any other."""
        found: Any = self.metadata
        for step in path[1:] if path[0] == "metadata" else ("",):
            found = found.get(step) if isinstance(found, dict) else None
        return found if isinstance(found, str) else None


def container_of(key: str, body: Mapping[str, Any], pod: Pod, *, is_main: bool) -> dict[str, Any]:
    """Return the fields of a container: those of a spec for the main one, those of Kubernetes for others."""
    at: Path = ("containers", key)
    found: dict[str, Any] = {}
    image = str(body.get("image") or "")
    if image in ("", "."):
        pod.notes.left((*at, "image"), image, f"is to be built and pushed; {pod.name}:latest is written")
        image = f"{pod.name}:latest"
    found["image"] = image
    for name in ("command", "args"):
        if isinstance(body.get(name), list):
            found[name] = [str(each) for each in body[name]]
    if env := [*_variables(key, body.get("variables"), pod, is_main=is_main)]:
        found["env"] = env
    if isinstance(body.get("resources"), dict) and body["resources"]:
        found["resources"] = body["resources"]
    for name in ("livenessProbe", "readinessProbe"):
        if probe := _probe(body.get(name), is_main=is_main):
            found[name] = probe
    mounts = [*_files(at, body.get("files"), pod), *_volumes(at, body.get("volumes"), pod)]
    if mounts:
        found["volumeMounts"] = mounts
    return found


def _variables(key: str, body: object, pod: Pod, *, is_main: bool) -> Iterator[dict[str, Any]]:
    """Yield the variables that are no part of a connection; note the connections of the others in *pod*."""
    for name, text in body.items() if isinstance(body, dict) else ():
        at: Path = ("containers", key, "variables", name)
        pieces = pieces_of(str(text))
        asked = {piece.path[1] for piece in pieces if piece.path[:1] == ("resources",) and len(piece.path) == 3}
        plain = resolved(str(text), pod.plain)
        if plain is not None:
            yield {"name": name, "value": escaped(plain)}
        elif len(asked) != 1 or not (resource := pod.asked.get(next(iter(asked)))):
            pod.notes.left(at, text, "says nothing of one resource of the file; write its value", is_secret=True)
        elif resource.kind and is_main:
            texts = [_connected(piece.text, piece.path, resource, pod) for piece in pieces]
            if None in texts:
                pod.notes.left(at, text, f"{resource.kind} {resource.name} does not say it; write its value")
            elif not any(each and each.startswith("${") for each in texts):
                yield {"name": name, "value": "".join(filter(None, texts))}
            else:
                _connect(name, texts, resource, pod)
        elif len(pieces) == 1:
            output = pieces[0].path[2]
            resource.used.add(output)
            yield {"name": name, "valueFrom": {"secretKeyRef": {"name": resource.name, "key": output}}}
        else:
            pod.notes.left(at, text, "is text around an output; make a Secret with the whole value", is_secret=True)


def _connect(name: str, texts: list[str | None], resource: Asked, pod: Pod) -> None:
    connection = pod.connections.setdefault(
        resource.key,
        {"kind": resource.kind, "name": resource.name}
        | ({"port": resource.port} if resource.port else {})
        | {"env": {}},
    )
    whole = "".join(filter(None, texts))
    connection["env"][name] = whole[2:-1] if len(texts) == 1 else whole


def _connected(text: str, path: tuple[str, ...], resource: Asked, pod: Pod) -> str | None:
    """Return a piece of a text in the words of a connection; None where these have none for it."""
    if not path:
        return escaped(text).replace("${", "$${")
    if path[0] == "metadata":
        return pod.plain(path)
    resource.used.add(path[2])
    if (known := resource.literals.get(path[2])) is not None:
        return known
    meant = resource.outputs.get(path[2])
    return f"${{{meant}}}" if meant else None


def _listed(body: object) -> Iterator[tuple[str | int, str, Mapping[str, Any]]]:
    """Yield the key, the target and the entry of files or volumes, which stand in a list or by their target."""
    if isinstance(body, list):
        for index, each in enumerate(body):
            if isinstance(each, dict):
                yield index, str(each.get("target") or ""), each
    for target, each in body.items() if isinstance(body, dict) else ():
        if isinstance(each, dict):
            yield target, str(target), each


def _files(at: Path, body: object, pod: Pod) -> Iterator[dict[str, Any]]:
    for key, target, each in _listed(body):
        place: Path = (*at, "files", key)
        name, label = posixpath.basename(target), f"file-{len(pod.objects) + 1}"
        content: dict[str, Any] = {}
        if "binaryContent" in each:
            content = {"binaryData": {name: str(each["binaryContent"])}}
        else:
            text = each.get("content")
            if text is None and (data := pod.files.read(str(each.get("source") or ""))) is not None:
                text = data.decode(errors="replace")
            if text is not None and not each.get("noExpand"):
                text = resolved(str(text), pod.plain)
            content = {} if text is None else {"data": {name: str(text)}}
        if not content or not target.startswith("/") or data_key_problem(name):
            pod.notes.left(
                place, target, "its text is not in the files, or has placeholders for resources; mount a Secret"
            )
            continue
        config = f"{pod.name}-{label}"
        pod.objects.append({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": config}, **content})
        source: dict[str, Any] = {"name": config}
        if isinstance(each.get("mode"), str):
            source["defaultMode"] = int(each["mode"], 8)
        pod.volumes.append({"name": label, "configMap": source})
        yield {"name": label, "mountPath": target, "subPath": name, "readOnly": True}


def _volumes(at: Path, body: object, pod: Pod) -> Iterator[dict[str, Any]]:
    for key, target, each in _listed(body):
        pieces = pieces_of(str(each.get("source") or ""))
        path = pieces[0].path if len(pieces) == 1 else ()
        name = path[1] if path[:1] == ("resources",) and len(path) > 1 else str(each.get("source") or "")
        asked = pod.asked.get(name)
        if asked is None or asked.type != "volume":
            pod.notes.left((*at, "volumes", key), each.get("source"), "is no volume among the resources of the file")
            continue
        label = dns_label(name)
        if label not in {claim["name"] for claim in pod.persistence}:
            pod.persistence.append({"name": label, "size": _SIZE})
            pod.notes.told(("resources", name), f"says no size; {_SIZE} is written")
        mount: dict[str, Any] = {"name": label, "mountPath": target}
        mount |= {"subPath": str(each["path"])} if each.get("path") else {}
        yield mount | ({"readOnly": True} if each.get("readOnly") else {})


def _probe(body: object, *, is_main: bool) -> dict[str, Any]:
    """Return a probe, by its command where it has both; Kubernetes' own form for what is not the main container."""
    if not isinstance(body, dict):
        return {}
    if isinstance(body.get("exec"), dict):
        return {"exec": body["exec"]}
    http = body.get("httpGet")
    if not isinstance(http, dict):
        return {}
    return dict(http) if is_main else {"httpGet": dict(http)}
