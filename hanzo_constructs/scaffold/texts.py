"""Sections as text: a document in YAML, or a program in Python."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from ..kube.yaml import dump
from ..platform import Platform
from ..spec.kind import Kind
from .resource import Section, document_of

__all__ = ["python_text", "yaml_text"]

_WIDTH = 100
_REST = "Everything below may be left out; uncomment what you need."


def yaml_text(kind: Kind, name: str, sections: Sequence[Section], platform: Platform) -> str:
    """Return the document of *kind* with all *sections*; those that it does not have are comments."""
    head = dump({key: value for key, value in document_of(kind, name, {}, platform).items() if key != "spec"})
    written = [_yaml_section(section) for section in sections if section.is_written]
    others = [_yaml_section(section) for section in sections if not section.is_written]
    return "\n".join([f"{head}spec:", *written, f"  # {_REST}", "", *others]).rstrip() + "\n"


def _yaml_section(section: Section) -> str:
    comment = [f"  # {line}" for line in _lines(section)]
    lines = dump({section.field: section.value}).splitlines()
    mark = "  " if section.is_written else "  #"
    return "\n".join([*comment, *(f"{mark}{line}" for line in lines), ""])


def python_text(kind: Kind, name: str, sections: Sequence[Section]) -> str:
    """Return the program that declares a resource of *kind* with all *sections*, in the same way."""
    written = "\n".join(_python_section(section) for section in sections if section.is_written)
    others = "\n".join(_python_section(section) for section in sections if not section.is_written)
    construct = f"{kind.name}Construct" if kind.of else kind.construct.rpartition(":")[2]
    package = "hanzo_constructs" if kind.construct.startswith(".") else kind.construct.partition(":")[0]
    names = {"hanzo_constructs": ["HanzoApp", "HanzoChart", "main"]}
    names.setdefault(package, []).append(construct)
    imports = "\n".join(f"from {module} import {', '.join(sorted(listed))}" for module, listed in sorted(names.items()))
    return f'''"""What is deployed: `cdk8s synth` writes it to the directory that cdk8s.yaml names."""

{imports}


def build(app: HanzoApp) -> None:
    """Declare everything."""
    chart = HanzoChart(app, "{name}", namespace="default")
    {construct}(
        chart,
        "{name}",
        {{
{written}
            # {_REST}

{others.rstrip()}
        }},
    )


if __name__ == "__main__":
    main(build)
'''


def _python_section(section: Section) -> str:
    comment = [f"            # {line}" for line in _lines(section)]
    lines = f"{json.dumps(section.field)}: {_literal(section.value)},".splitlines()
    mark = "            " if section.is_written else "            #"
    return "\n".join([*comment, *(f"{mark}{line}" for line in lines), ""])


def _literal(value: Any, depth: int = 0) -> str:
    """Return *value* as Python writes it: in one line if it is short, else with a line for each item."""
    short = repr(value) if not isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict | list):
        short = short.replace("'", '"') if '"' not in short else short
    if not isinstance(value, dict | list) or len(short) + 4 * depth <= _WIDTH - 40:
        return short
    inner = "    " * (depth + 1)
    items: Iterable[str]
    if isinstance(value, dict):
        items = (f"{json.dumps(key)}: {_literal(item, depth + 1)}" for key, item in value.items())
    else:
        items = (_literal(item, depth + 1) for item in value)
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    body = "".join(f"{inner}{item},\n" for item in items)
    return f"{opening}\n{body}{'    ' * depth}{closing}"


def _lines(section: Section) -> list[str]:
    needs = f" Needs {section.needs} beside it." if section.needs else ""
    return textwrap.wrap(section.doc + needs, _WIDTH)
