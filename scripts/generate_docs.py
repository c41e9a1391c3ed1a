"""Write the tables of the documentation that the code knows better: fields, settings, checks.

`python -m scripts.generate_docs` fills what stands between the comments `<!-- fields:begin Ingress -->` and
`<!-- fields:end -->` of every page, and between those of `checks`, `conditions`, `decided`, `engines`, `facades` and
`generations`, `unsaid`; the pages of `docs/reference/` are written as a whole. A test fails when a page differs.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import os.path
import re
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel

from hanzo_constructs import Platform
from hanzo_constructs.compiler.overlay_fields import DECIDED, IN_BACKUP, IN_MAIN, IN_POD, SERVICE_OPTIONS
from hanzo_constructs.kube.fields import wire_name
from hanzo_constructs.kube.kinds import KINDS as KUBERNETES_KINDS
from hanzo_constructs.kube.kinds import WORKLOADS
from hanzo_constructs.operator.conditions import CONDITIONS
from hanzo_constructs.schema.model_schema import model_schema
from hanzo_constructs.schema.structural import count_what_it_is
from hanzo_constructs.schema.unsaid import REASONS, TABLE
from hanzo_constructs.spec.engines import ENGINES
from hanzo_constructs.spec.engines.choosing import chosen_generation
from hanzo_constructs.spec.engines.engine import Engine
from hanzo_constructs.spec.engines.generation import Generation, Images
from hanzo_constructs.spec.image import image_reference
from hanzo_constructs.spec.kinds import KINDS
from hanzo_constructs.spec.values import models_in
from hanzo_constructs.spec.workload import POD_FIELDS
from hanzo_constructs.verify import CHECKS, Check
from hanzo_constructs.verify.table import ObjectCheck
from scripts.reference import FOLDER, reference_pages, table

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
        elif found["what"] == "conditions":
            table = _conditions()
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


def _conditions() -> str:
    """Return the conditions of a resource, and what to do about each of their reasons."""
    rows = [
        (f"`{name}`", reason.status, f"`{reason.name}`", reason.meaning, reason.remedy)
        for name, reasons in CONDITIONS.items()
        for reason in reasons
    ]
    return _table(("condition", "is", "reason", "means", "what to do"), rows)


def _documented(page: Path) -> dict[str, str]:
    """Return where the table of each model is, as a link on *page* names it."""
    places = {}
    for path in pages():
        file = "" if path == page else os.path.relpath(path, page.parent).replace(os.sep, "/")
        for found in _MARKED.finditer(path.read_text(encoding="utf-8")):
            places[found["name"]] = f"{file}#{found['name'].lower()}"
    return places


def models() -> dict[str, type[BaseModel]]:
    """Return the models of the platform settings, by name; `scripts.reference` has those of resources."""
    found: dict[str, type[BaseModel]] = {}
    waiting: list[type[BaseModel]] = [Platform]
    while waiting:
        model = waiting.pop()
        found[model.__name__] = model
        waiting += [part for field in model.model_fields.values() for part, _ in models_in(field.annotation)]
    return found


def _fields(model: type[BaseModel], documented: dict[str, str]) -> str:
    """Return the table of the fields of *model*; types that are *documented* become links."""

    def link(name: str) -> str:
        return f"[{name}]({documented[name]})" if name in documented else f"{name} of Kubernetes"

    return table(count_what_it_is(model_schema(model)), link)


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


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    texts = reference_pages()
    for gone in {*FOLDER.glob("*.md")} - texts.keys():
        gone.unlink()
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    for path in pages():
        path.write_text(generated(path), encoding="utf-8")
