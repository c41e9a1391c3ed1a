"""Generate hanzo_constructs/kube/core from the Kubernetes schemas that the package kubernetes-validate carries.

Run it from the repository root: `python -m scripts.generate_core`. The same schemas give the same files; a test
compares what is committed with a fresh generation.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import json
import keyword
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from hanzo_constructs.kube.fields import wire_name
from scripts.core_constraints import ALLOWED, BOUNDED

FOLDER = Path("hanzo_constructs/kube/core")
OLDEST, NEWEST = 25, 37
"""Kubernetes 1.x: the versions compared; the models are those of the newest."""

_VOLUME_SOURCES = tuple(
    f"{name}VolumeSource"
    for name in [
        "AWSElasticBlockStore",
        "AzureDisk",
        "AzureFile",
        "CephFS",
        "Cinder",
        "CSI",
        "DownwardAPI",
        "Ephemeral",
        "FC",
        "Flex",
        "Flocker",
        "GCEPersistentDisk",
        "GitRepo",
        "Glusterfs",
        "HostPath",
        "Image",
        "ISCSI",
        "NFS",
        "PhotonPersistentDisk",
        "Portworx",
        "Projected",
        "Quobyte",
        "RBD",
        "ScaleIO",
        "StorageOS",
        "VsphereVirtualDisk",
    ]
)
"""Those that few volumes have."""
_BEHAVIOR = "HorizontalPodAutoscalerBehavior"

MODULES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("selectors", "Selectors of objects by their labels.", ("LabelSelector",)),
    (
        "references",
        "References to other objects and to keys in them.",
        ("LocalObjectReference", "KeyToPath"),
    ),
    ("environment", "Environment variables and where their values come from.", ("EnvVar", "EnvFromSource")),
    (
        "volume_sources",
        "Where volumes come from, apart from what most of them are.",
        _VOLUME_SOURCES,
    ),
    ("volumes", "Volumes, and what most of them are.", ("Volume",)),
    ("resources", "What containers ask for, and where they see volumes.", ("ResourceRequirements", "VolumeMount")),
    ("headers", "Headers of requests over HTTP.", ("HTTPHeader",)),
    ("security", "What a pod or container may do.", ("SecurityContext", "PodSecurityContext")),
    ("containers", "Containers: ports, probes, lifecycle, resources, mounts.", ("Container",)),
    ("scheduling", "Where pods run.", ("Affinity", "Toleration", "TopologySpreadConstraint")),
    ("network", "How a pod resolves names.", ("HostAlias", "PodDNSConfig")),
    ("policies", "Whom pods may connect to.", ("NetworkPolicyEgressRule",)),
    ("autoscaling", "What an autoscaler measures, and how fast it follows.", ("MetricSpec", _BEHAVIOR)),
)
"""What to generate and where: a definition goes to the first module one of whose roots needs it."""

RARE = ("volume_sources",)
"""Modules of which a field of another core type is reason enough to import them only when a document names the field."""
DEFERRED = (*RARE, "security", "containers", "scheduling", "network", "policies", "autoscaling")
"""Modules that a field of our own can have imported so."""

SCALARS = {"FieldsV1": "Mapping[Any]", "IntOrString": "IntOrString", "Quantity": "Quantity", "Time": "Time"}
"""Definitions that are no objects, and the hand-written types that stand for them."""

_SCALARS = ["IntOrString", "PortOrName"]
"""Hand-written types that are public too."""

PYTHON_NAMES = {"targetWWNs": "target_wwns"}
"""Wire names whose words the rule below does not find."""


class Definition(NamedTuple):
    """An object type."""

    name: str
    schema: dict[str, Any]

    @property
    def fields(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield wire name and schema: required fields first, as a reader wants them."""
        properties, required = self.schema.get("properties", {}), self.schema.get("required", [])
        return ((name, properties[name]) for name in (*required, *(n for n in properties if n not in required)))


@cache
def definitions(minor: int) -> dict[str, dict[str, Any]]:
    """Return all definitions of Kubernetes 1.*minor* by full name."""
    file = (
        resources.files("kubernetes_validate") / "kubernetes-json-schema" / f"v1.{minor}.0-local" / "_definitions.json"
    )
    found: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["$defs"]
    return found


def full_name(short: str, known: Iterable[str]) -> str:
    """Return the full name of the definition *short* of core/v1, or else of one of the other groups."""
    places = (
        "io.k8s.api.core.v1.",
        "io.k8s.apimachinery.pkg.apis.meta.v1.",
        "io.k8s.api.networking.v1.",
        "io.k8s.api.autoscaling.v2.",
    )
    return next(place + short for place in places if place + short in known)


def short_name(full: str) -> str:
    """Return the last part of the *full* name or reference."""
    return full.rpartition(".")[2]


def references(schema: Any) -> Iterator[str]:
    """Yield the full names *schema* refers to, in order."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "$ref":
                yield value.rpartition("/")[2]
            else:
                yield from references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from references(value)


def in_need_of(roots: Iterable[str], known: dict[str, dict[str, Any]], placed: set[str]) -> Iterator[Definition]:
    """Yield the objects *roots* (full names) need and that are not *placed* yet, each after all it refers to."""
    for root in roots:
        if root in placed or short_name(root) in SCALARS:
            continue
        placed.add(root)
        yield from in_need_of(sorted(set(references(known[root]))), known, placed)
        yield Definition(short_name(root), known[root])


@cache
def modules() -> dict[str, tuple[Definition, ...]]:
    """Return the definitions of each module, every definition after those it refers to."""
    known, placed = definitions(NEWEST), set[str]()
    return {
        module: tuple(in_need_of([full_name(root, known) for root in roots], known, placed))
        for module, _, roots in MODULES
    }


def python_name(wire: str) -> str:
    """Return the Python name of the field *wire*: `hostIP` gives `host_ip`."""
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", wire)
    name = PYTHON_NAMES.get(wire) or re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", words).lower()
    return f"{name}_" if keyword.iskeyword(name) or hasattr(BaseModel, name) else name


def annotation(schema: dict[str, Any], owner_and_field: str) -> str:
    """Return the Python type for a field's *schema*, null left out."""
    if reference := schema.get("$ref"):
        name = short_name(reference)
        return BOUNDED.get(owner_and_field) or SCALARS.get(name, name)
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    match [kind for kind in kinds if kind != "null"]:
        case ["array"]:
            return f"Items[{annotation(schema['items'], owner_and_field)}]"
        case ["object"]:
            return f"Mapping[{annotation(schema['additionalProperties'], owner_and_field)}]"
        case ["boolean"]:
            return "bool"
        case ["integer"]:
            return BOUNDED.get(owner_and_field) or {"int32": "Int32", "int64": "Int64"}[schema["format"]]
        case ["string"]:
            allowed = ALLOWED.get(owner_and_field)
            return f"Literal[{', '.join(map(json.dumps, allowed))}]" if allowed else "str"
    raise ValueError(f"{owner_and_field}: unknown schema {schema}")


def docstring(text: str, indent: str) -> str:
    """Return *text* as a docstring, every line of it kept."""
    escaped = text.strip().replace("\\", "\\\\").replace('"""', r"\"\"\"")
    if escaped.endswith('"'):
        escaped = f'{escaped[:-1]}\\"'
    lines = [line.rstrip() for line in escaped.split("\n")]
    return indent + '"""' + f"\n{indent}".join(lines).replace(f"\n{indent}\n", "\n\n") + '"""'


def class_source(definition: Definition) -> str:
    """Return the model of *definition*."""
    lines = [f"class {definition.name}(Part):", docstring(definition.schema["description"], "    "), ""]
    for wire, schema in definition.fields:
        kind = annotation(schema, f"{definition.name}.{wire}")
        optional = "" if wire in definition.schema.get("required", []) else " | None = None"
        lines.append(f"    {python_name(wire)}: {kind}{optional}")
        lines.append(docstring(schema.get("description", ""), "    "))
    return "\n".join(lines)


def source_note() -> str:
    """Return the comment on top of every file: what made it, from what, under which licence."""
    version = metadata.version("kubernetes-validate")
    return (
        f"# Generated by scripts/generate_core.py from the schemas of Kubernetes 1.{NEWEST} in kubernetes-validate {version};\n"
        "# do not edit. The descriptions are Kubernetes' own API documentation (Apache License 2.0).\n"
    )


def module_source(module: str, text: str) -> str:
    """Return the source of one of `MODULES`, whose docstring is *text*."""
    here = modules()[module]
    body = "\n\n\n".join(map(class_source, here))
    code = re.sub(r'"""(?:[^\\]|\\.)*?"""', "", body, flags=re.DOTALL)
    used = set(re.findall(r"\w+", re.sub(r'"[^"]*"', "", code)))
    typing = [name for name in ("Any", "Literal") if name in used]
    scalars = sorted(used & {*BOUNDED.values(), "Int32", "Int64", "IntOrString", "Time"})
    siblings: dict[str, list[str]] = {}
    for name, found in modules().items():
        if name != module:
            place = ".deferred" if name in RARE else f".{name}"
            siblings[place] = sorted({*siblings.get(place, ()), *(used & {each.name for each in found})})
    local = [
        ("..model", sorted(used & {"Items", "Mapping"})),
        ("..quantity", sorted(used & {"Quantity"})),
        *sorted({**siblings, ".part": ["Part"], ".scalars": scalars}.items()),
    ]
    imports = [f"from typing import {', '.join(typing)}\n"] if typing else []
    imports += [f"from {name} import {', '.join(names)}" for name, names in local if names]
    return "\n".join(
        [
            source_note(),
            f'"""{text}"""\n',
            # The interpreter makes the types once, from here; from strings pydantic would parse each of them again.
            "# Without `from __future__ import annotations`: importing is a quarter faster.\n",
            *imports,
            f"\n__all__ = {json.dumps(sorted(definition.name for definition in here))}\n\n",
            body,
            "",
        ]
    )


def exported() -> dict[str, list[str]]:
    """Return the public names of the package by the modules that have them."""
    return {**{module: sorted(d.name for d in found) for module, found in modules().items()}, "scalars": _SCALARS}


def package_source() -> str:
    """Return the source of the package's __init__."""
    exported = {**{module: sorted(d.name for d in found) for module, found in modules().items()}, "scalars": _SCALARS}
    names = sorted(name for found in exported.values() for name in found)
    places = {name: module for module, found in exported.items() for name in found}
    return "\n".join(
        [
            source_note(),
            '"""The core/v1 types that pods are made of, complete, as models: containers, volumes, environment, placement.',
            "\nA module is imported when a name of it is asked for: to make all of the models takes longer than to compile a",
            'resource."""\n',
            "from importlib import import_module",
            "from typing import TYPE_CHECKING, Any\n",
            "if TYPE_CHECKING:",
            *(f"    from .{module} import {', '.join(found)}" for module, found in sorted(exported.items())),
            f"\n__all__ = {json.dumps(names)}\n",
            f"_MODULES = {json.dumps(places)}\n",
            "def __getattr__(name: str) -> Any:",
            "    if name not in _MODULES:",
            '        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")',
            '    globals()[name] = value = getattr(import_module(f".{_MODULES[name]}", __name__), name)',
            "    return value",
            "",
        ]
    )


def deferred_source() -> str:
    """Return the source of the module with what stands for the models of `DEFERRED`."""
    places = {each.name: module for module in DEFERRED for each in modules()[module]}
    imports = [
        f"    from .{name} import {', '.join(sorted(d.name for d in modules()[name]))}" for name in sorted(DEFERRED)
    ]
    return "\n".join(
        [
            source_note(),
            '"""Core types by their names, for fields that few documents have: each is imported when one names such a field."""\n',
            "from typing import TYPE_CHECKING\n",
            "from ..deferred import Deferred\n",
            "if TYPE_CHECKING:",
            *imports,
            f"\n__all__ = {json.dumps(sorted(places))}\n",
            f"_MODULES = {json.dumps(places)}\n",
            "def __getattr__(name: str) -> Deferred:",
            "    if name not in _MODULES:",
            '        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")',
            '    globals()[name] = found = Deferred(f"{__package__}.{_MODULES[name]}", name)',
            "    return found",
            "",
        ]
    )


def spelling_source() -> str:
    """Return the source of the table of wire names that the rule of the house does not give."""
    wires = {wire for found in modules().values() for definition in found for wire, _ in definition.fields}
    irregular: dict[str, str] = {}
    for wire in sorted(wires):
        name = python_name(wire)
        if wire_name(name) != wire and irregular.setdefault(name, wire) != wire:
            raise ValueError(f"{name} is both {irregular[name]} and {wire}")
    clash = sorted(name for name in irregular if wire_name(name) in wires)
    if clash:
        raise ValueError(f"both spellings are in use: {', '.join(clash)}")
    return "\n".join(
        [
            source_note(),
            '"""Wire names that are not the camelCase of the Python name."""\n',
            f"IRREGULAR = {json.dumps(irregular, indent=4)}",
            "",
        ]
    )


@cache
def predecessors(minor: int) -> dict[str, set[str]]:
    """Return for each definition of the newest version what stood in its places in Kubernetes 1.*minor*.

    A place is a field of a definition, and the roots. Names alone do not tell: `VolumeResourceRequirements` is new in
    1.29, its fields are not, because the claim's `resources` were `ResourceRequirements` before.
    """
    new, old = definitions(NEWEST), definitions(minor)
    found: dict[str, set[str]] = {}
    roots = [full_name(root, new) for _, _, roots in MODULES for root in roots]
    todo = [(root, root) for root in roots if root in old]
    while todo:
        here, there = todo.pop()
        if there in found.setdefault(here, set()):
            continue
        found[here].add(there)
        before = old[there].get("properties", {})
        for wire, schema in new[here].get("properties", {}).items():
            todo += zip(references(schema), references(before.get(wire)), strict=False)
    return found


def first_seen(full: str, wire: str) -> int:
    """Return the minor version since which the definition *full* has had the field *wire* without a break."""
    since = NEWEST
    for minor in range(NEWEST, OLDEST - 1, -1):
        owners = predecessors(minor).get(full, set())
        if not owners or any(wire not in definitions(minor)[owner].get("properties", {}) for owner in owners):
            break
        since = minor
    return since


def since_source() -> str:
    """Return the source of the table of fields that came after the oldest version."""
    known = definitions(NEWEST)
    table: dict[str, dict[str, int]] = {}
    for definition in sorted((d for found in modules().values() for d in found), key=lambda d: d.name):
        full = full_name(definition.name, known)
        ages = {wire: first_seen(full, wire) for wire in sorted(definition.schema.get("properties", {}))}
        if young := {wire: age for wire, age in ages.items() if age > OLDEST}:
            table[definition.name] = young
    return "\n".join(
        [
            source_note(),
            '"""Since which Kubernetes 1.x a field of the core types exists, where that is not the oldest version known."""\n',
            f"OLDEST, NEWEST = {OLDEST}, {NEWEST}\n",
            f"SINCE: dict[str, dict[str, int]] = {json.dumps(table, indent=4)}",
            "",
        ]
    )


def formatted(source: str) -> str:
    """Return *source* as ruff formats it."""
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length=120", "--target-version=py311", "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=True)
    return done.stdout


def generated() -> dict[str, str]:
    """Return the name and content of every generated file."""
    fields = {f"{found.name}.{wire}" for members in modules().values() for found in members for wire, _ in found.fields}
    unknown = {*ALLOWED, *BOUNDED} - fields
    if unknown:
        raise ValueError(f"no such fields: {', '.join(sorted(unknown))}")
    sources = {f"{module}.py": module_source(module, text) for module, text, _ in MODULES}
    sources |= {
        "__init__.py": package_source(),
        "deferred.py": deferred_source(),
        "since.py": since_source(),
        "spelling.py": spelling_source(),
    }
    return {name: formatted(source) for name, source in sources.items()}


if __name__ == "__main__":
    for name, content in generated().items():
        (FOLDER / name).write_text(content, encoding="utf-8")
