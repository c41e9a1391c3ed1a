"""Write the tables of the documentation that the code knows better: fields, settings, checks.

`python -m scripts.generate_docs` fills what stands between the comments `<!-- fields:begin Ingress -->` and
`<!-- fields:end -->` of every page, and between those of `checks`, `decided`, `engines`, `facades` and
`generations`, `unsaid`; a test fails when a page differs.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import os.path
import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from hanzo_constructs import Platform, spec
from hanzo_constructs.compiler.overlay_fields import DECIDED, IN_BACKUP, IN_MAIN, IN_POD, SERVICE_OPTIONS
from hanzo_constructs.kube.fields import wire_name
from hanzo_constructs.kube.kinds import KINDS as KUBERNETES_KINDS
from hanzo_constructs.kube.kinds import WORKLOADS
from hanzo_constructs.kube.model import Model, field_docs
from hanzo_constructs.platform import GatewayParent, Keda
from hanzo_constructs.platform_rules import PlatformRule, RuleMatch
from hanzo_constructs.schema.unsaid import REASONS, TABLE
from hanzo_constructs.spec import inference
from hanzo_constructs.spec.engines import ENGINES
from hanzo_constructs.spec.engines.choosing import chosen_generation
from hanzo_constructs.spec.engines.engine import Engine
from hanzo_constructs.spec.engines.generation import Generation, Images
from hanzo_constructs.spec.image import image_reference
from hanzo_constructs.spec.kinds import KINDS
from hanzo_constructs.spec.workload import POD_FIELDS
from hanzo_constructs.verify import CHECKS, Check
from hanzo_constructs.verify.table import ObjectCheck

__all__ = ["generated", "models", "pages"]

ROOT = Path(__file__).parents[1]

_MARKED = re.compile(
    r"(?P<begin><!-- (?P<what>\w+):begin ?(?P<name>\w*) -->\n).*?(?P<end><!-- (?P=what):end -->)", re.DOTALL
)

Row = tuple[str, ...]


def pages() -> list[Path]:
    """Return the pages that hold generated tables."""
    return [path for path in sorted(ROOT.glob("docs/**/*.md")) if _MARKED.search(path.read_text(encoding="utf-8"))]


def generated(page: Path) -> str:
    """Return the text of *page* with its tables as the code has them now."""
    documented = _documented(page)

    def filled(found: re.Match[str]) -> str:
        if found["what"] == "fields":
            table = _fields(models()[found["name"]], documented)
        elif found["what"] == "checks":
            table = _checks()
        elif found["what"] == "engines":
            table = _engines()
        elif found["what"] == "facades":
            table = _facades()
        elif found["what"] == "generations":
            table = _generations()
        elif found["what"] == "unsaid":
            table = _unsaid()
        elif found["what"] == "decided":
            table = _decided()
        else:
            raise ValueError(f"nothing is known of {found['what']}")
        return f"{found['begin']}{table}{found['end']}"

    return _MARKED.sub(filled, page.read_text(encoding="utf-8"))


def _unsaid() -> str:
    """Return what definitions do not check, by the reason."""
    rows = [(text, "; ".join(row.what for row in TABLE if row.reason == reason)) for reason, text in REASONS.items()]
    return _table(("why", "what"), rows)


def _documented(page: Path) -> dict[str, str]:
    """Return where the table of each model is, as a link on *page* names it."""
    places = {}
    for path in pages():
        file = "" if path == page else os.path.relpath(path, page.parent).replace(os.sep, "/")
        for found in _MARKED.finditer(path.read_text(encoding="utf-8")):
            places[found["name"]] = f"{file}#{found['name'].lower()}"
    return places


def models() -> dict[str, type[Model]]:
    """Return every model that a user writes, by name."""
    found_in = (*iter_modules(spec.__path__), *iter_modules(inference.__path__, "inference."))
    modules = [import_module(f"{spec.__name__}.{module.name}") for module in found_in]
    found: list[type[Model]] = [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Model) and value.__module__ == module.__name__
    ]
    found += [GatewayParent, Keda, Platform, PlatformRule, RuleMatch]
    return {model.__name__: model for model in found}


def _fields(model: type[Model], documented: dict[str, str]) -> str:
    """Return the table of the fields of *model*; types that are *documented* become links."""
    schema = model.model_json_schema(by_alias=True)
    docs = field_docs(model)
    required = set(schema.get("required", ()))
    rows = []
    for python_name in model.model_fields:
        name = model.model_fields[python_name].alias or wire_name(python_name)
        part = schema["properties"][name]
        default = "required" if name in required else _default(part)
        rows.append(
            (
                f"`{name}`",
                _type(part, schema.get("$defs", {}), documented),
                default,
                " ".join(docs[python_name].split()),
            )
        )
    return _table(("field", "type", "default", "meaning"), rows)


def _checks() -> str:
    rows = [(f"`{check.id}`", check.promise, _looked_at(check)) for check in CHECKS]
    return _table(("check", "promise", "looks at"), rows)


def _facades() -> str:
    facades = [kind for kind in KINDS.values() if kind.of]
    rows = [(f"`{each.name}`", each.summary, f"[{each.of}]({each.of.lower()}.md)") for each in facades]
    return _table(("kind", "is", "compiles as"), rows)


def _engines() -> str:
    facades = {kind.engine: kind.name for kind in KINDS.values() if kind.engine}
    rows = []
    for engine in ENGINES.values():
        ports = ", ".join(f"`{port.name}` {port.container_port}" for port in engine.ports)
        facade = f"`{facades[engine.name]}`" if engine.name in facades else ""
        generation = chosen_generation(engine, engine.image).generation
        rows.append(
            (
                f"`{engine.name}`",
                facade,
                f"`{image_reference(engine.image)}`",
                ports,
                f"`{generation.data_path}`",
                f"`{engine.scheme}`",
                _asked(engine, generation),
            )
        )
    return _table(("engine", "kind", "image", "ports", "data directory", "scheme", "ready when (epoch 2026)"), rows)


def _generations() -> str:
    """Return the table of what is known of images, with its sources."""
    rows = []
    for engine in ENGINES.values():
        for each in engine.generations:
            user = f"{each.user}" if each.user is not None else f"root, or {each.runs_as}"
            rows.append(
                (
                    f"`{engine.name}`",
                    f"`{each.name}`",
                    "<br>".join(_images(images) for images in each.images) or "by `engine.generation` alone",
                    f"`{each.data_path}`",
                    f"{user}, group {each.group}",
                    ", ".join(f"`{' or '.join(group)}`" for group in each.credentials.required),
                    _measured(each),
                    "<br>".join(f"{source.repository} {source.commit} {source.path}" for source in each.sources),
                )
            )
    head = ("engine", "generation", "images", "data", "user", "required variables", "metrics", "read in")
    return _table(head, rows)


def _images(images: Images) -> str:
    since, before = (".".join(map(str, version or ())) for version in (images.since, images.before))
    told = " ".join(
        (
            *([f"with {images.tags}"] if images.tags else []),
            *([f"from {since}"] if since else []),
            *([f"below {before}"] if before else []),
            *(["or without a version"] if images.untold and (since or before) else []),
        )
    )
    return f"`{images.repository}`" + (f" {told}" if told else "")


def _measured(generation: Generation) -> str:
    if generation.metrics:
        return f"`{generation.metrics.path}` on {generation.metrics.port}"
    return f"by `{generation.exporter.image}`" if generation.exporter else "none"


def _asked(engine: Engine, generation: Generation) -> str:
    """Say what the readiness probe of *generation* asks."""
    if generation.ready_when:
        return generation.ready_when
    match generation.readiness:
        case None:
            return f"`{engine.ports[0].name}` accepts connections"
        case {"httpGet": {"path": path, "port": port}}:
            return f"`GET {path}` on `{port}`"
        case {"exec": {"command": command}}:
            numbers = {port.name: port.container_port for port in engine.ports}
            return f"`{' '.join(command).format_map(numbers)}`"
        case other:
            raise ValueError(f"nothing is known of {other}")


def _looked_at(check: Check) -> str:
    if not isinstance(check, ObjectCheck):
        return "the whole set"
    kinds = check.kinds
    if kinds in {(), tuple(KUBERNETES_KINDS)}:
        return "every kind that is known" if kinds else "every kind"
    if kinds[: len(WORKLOADS)] == WORKLOADS:
        kinds = ("workloads", *kinds[len(WORKLOADS) :])
    return ", ".join(kinds)


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _decided() -> str:
    """Return the table of the fields that an overlay leaves to the spec."""
    rows = [
        (f"`{kind}.{place}`", " or ".join(f"`{field}`" for field in fields))
        for kind, decided in DECIDED.items()
        for place, fields in decided
    ]
    rows += [
        (f"`Service.{place}`", f"`service.{option}` or that of `services`") for place, option in SERVICE_OPTIONS.items()
    ]
    rows += [(f"in the pods: `{name}`", f"`{name}`") for name in map(wire_name, POD_FIELDS)]
    rows += [
        (f"in the pods: `{name}`", " or ".join(f"`{field}`" for field in fields)) for name, fields in IN_POD.items()
    ]
    rows.append(("in the pods: `metadata.annotations`", "`annotations`"))
    rows += [
        (f"in the main container: `{name}`", " or ".join(f"`{field}`" for field in fields))
        for name, fields in IN_MAIN.items()
    ]
    rows += [(f"in the container of a backup: `{name}`", f"`{field}`") for name, field in IN_BACKUP.items()]
    rows.append(("in other containers: everything", "`sidecars`, `initContainers` or `workload.containers`"))
    return _table(("place", "field of the spec"), rows)


def _default(part: dict[str, Any]) -> str:
    value = part.get("default")
    if isinstance(value, dict):
        value = {name: inner for name, inner in value.items() if inner is not None}
    if value in (None, [], {}):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _type(part: dict[str, Any], definitions: dict[str, Any], documented: dict[str, str]) -> str:  # noqa: C901, PLR0912 - a case for each form
    """Say in words what the schema *part* takes."""
    if "anyOf" in part and "x-kubernetes-int-or-string" not in part:  # or null, which is the same as leaving it out
        parts = [each for each in part["anyOf"] if each.get("type") != "null"]
        if len(parts) > 1:
            return " or ".join(_type(each, definitions, documented) for each in parts)
        (part,) = parts
    match part:
        case {"oneOf": parts}:
            words = " or ".join(_type(each, definitions, documented) for each in parts)
        case {"const": value}:
            words = f"`{value}`"
        case {"$ref": reference}:
            words = _named(definitions[reference.rpartition("/")[2]]["title"], documented)
        case {"x-kubernetes-int-or-string": True}:
            words = "integer or string"
        case {"enum": values}:
            words = " or ".join(f"`{value}`" for value in values)
        case {"type": "array", "items": items}:
            words = f"list of {_plural(_type(items, definitions, documented))}"
            # pydantic calls it minLength where a validator stands before the list
            words += ", at least one" if part.get("minItems", part.get("minLength")) else ""
        case {"type": "object", "additionalProperties": values}:
            named = "anything" if values is True else _plural(_type(values, definitions, documented))
            words = f"mapping of {named}"
        case {"type": "integer"}:
            words = f"integer{_bounds(part)}"
        case {"type": "string", "minLength": 1}:
            words = "string, not empty"
        case {"type": other}:
            words = str(other)
        case _:
            raise ValueError(f"nothing is known of {part}")
    return words


def _plural(words: str) -> str:
    return re.sub(r"\A(string|mapping)\b", r"\1s", words)


def _bounds(part: dict[str, Any]) -> str:
    least, most = part.get("minimum"), part.get("maximum")
    if most is None:
        return "" if least is None else f", at least {least}"
    return f", {least} to {most}"


def _named(name: str, documented: dict[str, str]) -> str:
    return f"[{name}]({documented[name]})" if name in documented else f"{name} of core/v1"


if __name__ == "__main__":
    for path in pages():
        path.write_text(generated(path), encoding="utf-8")
