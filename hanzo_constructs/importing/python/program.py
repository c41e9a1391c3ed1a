"""The whole program: imports, constants, a function for each chart, and `main`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...kube.manifest import Manifest
from ...platform import Platform
from .constants import Constants, constants_of
from .entries import ChartPlan, Entry, charts_of
from .layout import WIDTH, Call, Exploded, Named, laid_out
from .literals import Code
from .names import Names
from .objects import names_of_cdk8s, object_lines
from .references import Placed, in_order
from .texts import expression

__all__ = ["program_text"]

_INDENT = 4
_OWN = ("HanzoApp", "HanzoChart", "main")
_PACKAGE = "hanzo_constructs"


def program_text(
    resources: Iterable[Manifest], objects: Iterable[Manifest], platform: Platform, *, settings: str = ""
) -> str:
    """Return the program that declares *resources* and *objects*, and reads *settings*, a file, where one is named.

    Raises `SpecError` where a resource is wrong.
    """
    charts = charts_of(resources, objects, platform)
    entries = [entry for chart in charts for entry in chart.entries]
    imports = _imports(entries, charts, settings)
    taken = Names(name for names in imports.values() for name in names)
    constants = constants_of(entries, [each for chart in charts for _, each in chart.objects], taken)
    call = Call("main", (Code("build"), *_with_settings(settings)))
    sections = [
        ['"""Resources of the hanzo.ai platform, and objects beside them."""', "", *_import_lines(imports)],
        *([["", *constants.lines]] if constants.lines else []),
        *_functions(charts, constants, platform),
        ["", "", 'if __name__ == "__main__":', *laid_out(call, indent=_INDENT)],
    ]
    return "".join(f"{line}\n" for section in sections for line in section)


def _functions(charts: list[ChartPlan], constants: Constants, platform: Platform) -> Iterator[list[str]]:
    """Yield the lines of each function; where there is one chart, `build` declares it."""
    functions = [chart.function for chart in charts]
    for chart in charts:
        name = "build" if len(charts) == 1 else chart.function
        taken = Names((*functions, "app", "build", "chart", "main"))
        doc = "Declare everything." if len(charts) == 1 else f"Declare the chart {chart.function}."
        yield ["", "", *_head(name, doc), *_chart_lines(chart, constants, platform, taken)]
    if len(charts) != 1:
        calls = [f"    {name}(app)" for name in functions]
        yield ["", "", *_head("build", "Declare everything."), *calls]


def _head(name: str, doc: str) -> list[str]:
    return [f"def {name}(app: HanzoApp) -> None:", f'    """{doc}"""']


def _chart_lines(chart: ChartPlan, constants: Constants, platform: Platform, taken: Names) -> Iterator[str]:
    namespace = (Named("namespace", chart.namespace),) if chart.namespace else ()
    call = Call("HanzoChart", (Code("app"), chart.id, *namespace))
    yield from laid_out(call, indent=_INDENT, before="chart = ")
    for placed in in_order(chart.entries, platform, taken):
        call = _construct(placed, constants)
        variable = placed.entry.variable
        yield from laid_out(call, indent=_INDENT, before=f"{variable} = " if variable else "")
    for name, manifest in chart.objects:
        yield from object_lines(name, manifest, taken, constants.blocks, indent=_INDENT)


def _construct(placed: Placed, constants: Constants) -> Call:
    """Return the call that makes a resource."""
    entry = placed.entry
    metadata = entry.resource.metadata
    spec = Exploded({field: _expression(value, field, placed, constants) for field, value in entry.spec.items()})
    arguments: list[Any] = [Code("chart"), entry.id, spec]
    if metadata.name != entry.id:
        arguments.append(Named("name", metadata.name))
    for field, given in (("labels", metadata.labels), ("annotations", metadata.annotations)):
        if given:
            arguments.append(Named(field, constants.mappings.get(tuple(given.items())) or dict(given)))
    return Call(entry.construct, tuple(arguments))


def _expression(value: Any, field: str, placed: Placed, constants: Constants) -> Any:
    """Return *value*, which stands in the *field*, by the names that the program has for what is in it."""
    if isinstance(value, str):
        return _text(value, field, placed, constants)
    if isinstance(value, list | tuple):
        return [_expression(item, field, placed, constants) for item in value]
    if not isinstance(value, Mapping):
        return value
    found = {key: _expression(item, key, placed, constants) for key, item in value.items()}
    if field == "connections":
        name = (str(value.get("kind")), str(value.get("namespace") or placed.entry.namespace), str(value.get("name")))
        if name in placed.names:
            found["name"] = placed.names[name]
    return found


def _text(text: str, field: str, placed: Placed, constants: Constants) -> str:
    if text in constants.blocks:
        return constants.blocks[text]
    if field == "image":
        return constants.image(text)
    if text in constants.hosts:
        return constants.hosts[text]
    return expression(text, constants.hosts | placed.texts if constants.hosts else placed.texts)


def _with_settings(settings: str) -> tuple[Named, ...]:
    return (Named("platform", Call("load_platform", (settings,))),) if settings else ()


def _imports(entries: Iterable[Entry], charts: Iterable[ChartPlan], settings: str) -> dict[str, list[str]]:
    """Return the names to import by their module."""
    names: dict[str, set[str]] = {_PACKAGE: {*_OWN, *(["load_platform"] if settings else [])}}
    for entry in entries:
        own = entry.kind.construct.startswith(".")
        names.setdefault(_PACKAGE if own else entry.kind.construct.partition(":")[0], set()).add(entry.construct)
    used = names_of_cdk8s([manifest for chart in charts for _, manifest in chart.objects])
    if used:
        names["cdk8s"] = set(used)
    return {module: sorted(listed, key=_in_imports) for module, listed in sorted(names.items())}


def _in_imports(name: str) -> tuple[bool, str]:
    """Sort classes before functions, and each without regard to case, as isort does."""
    return name[0].islower(), name.lower()


def _import_lines(imports: Mapping[str, list[str]]) -> Iterator[str]:
    for module, names in imports.items():
        line = f"from {module} import {', '.join(names)}"
        if len(line) <= WIDTH:
            yield line
        else:
            yield from (f"from {module} import (", *(f"    {name}," for name in names), ")")
