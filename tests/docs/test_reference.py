"""The reference says what the models say, of every type that a resource has, and its examples compile."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from hanzo_constructs.kube.core.part import Part
from hanzo_constructs.kube.model import field_docs
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.spec.kinds import KINDS
from hanzo_constructs.spec.values import models_in
from scripts.reference import FOLDER, OWN_KINDS, page_of, reference_pages, types_of
from scripts.reference_examples import base_of, compiles

PAGES = sorted(FOLDER.glob("*.md"))
_SECTION = re.compile(r"^### (\w+)\n(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"<!-- example: (\w+) -->\n```yaml\n(.*?)```\n", re.DOTALL)


def test_the_pages_are_up_to_date() -> None:
    written = {path: path.read_text(encoding="utf-8") for path in PAGES}
    wanted = reference_pages()
    assert [path.name for path in {*written} ^ {*wanted}] == []
    stale = [path.name for path in PAGES if written[path] != wanted[path]]
    assert stale == [], "run `python -m scripts.generate_docs`"


def sections() -> dict[str, str]:
    return {name: text for path in PAGES for name, text in _SECTION.findall(path.read_text(encoding="utf-8"))}


def test_every_type_has_one_section_and_every_field_a_description() -> None:
    found = [name for path in PAGES for name, _ in _SECTION.findall(path.read_text(encoding="utf-8"))]
    assert len(found) == len(set(found))
    texts = sections()
    for model in _models():
        rows = re.findall(r"^\| `(\w+)` _.*?_ \| (.*?) \|", texts[model.__name__], re.MULTILINE)
        assert [name for name, _ in rows] == [field.alias or name for name, field in model.model_fields.items()]
        assert all(description for _, description in rows)
        assert field_docs(model).keys() >= model.model_fields.keys()
        if isinstance(model.__doc__, str):
            assert model.__doc__.split("\n")[0].split("|")[0].split("<")[0].rstrip() in texts[model.__name__]


def _models() -> list[type[BaseModel]]:
    """Every model of ours that a resource of a kind, or its status, has: found by their types, not by their schemas."""
    found: dict[str, type[BaseModel]] = {}
    waiting: list[type[BaseModel]] = [model for kind in OWN_KINDS for model in (kind.model, kind.status_model)]
    while waiting:
        model = waiting.pop()
        if model.__name__ not in found and not issubclass(model, Part):
            found[model.__name__] = model
            waiting += [each for field in model.model_fields.values() for each, _ in models_in(field.annotation)]
    return [*found.values()]


def test_where_a_type_appears_is_said_at_both_ends() -> None:
    texts = sections()
    for name, each in types_of().items():
        shown = re.search(r"^_Appears in:_ (.*)$", texts[name], re.MULTILINE)
        users = re.findall(r"\[(\w+)\]", shown[1]) if shown else []
        assert users == [*each.users]
        for user in users:
            assert re.search(rf"\[{name}\]\([\w.-]*#{name.lower()}\)", texts[user]), (user, name)


def examples() -> list[tuple[str, str, Any]]:
    """The examples: the type, the kind, and what is written."""
    return [
        (name, kind, document.data)
        for name, text in sections().items()
        for kind, block in _EXAMPLE.findall(text)
        for document in load_all(block)
    ]


def test_every_type_but_those_of_the_status_has_an_example() -> None:
    shown = {name for name, *_ in examples()}
    status = {kind.status_model.__name__ for kind in OWN_KINDS} | {"Condition", "CompiledResource"}
    assert types_of().keys() - shown == status


def test_every_example_compiles_over_the_least_of_its_kind() -> None:
    wrong = [
        name
        for name, kind, data in examples()
        if not compiles(kind, {**base_of(kind), **data.get("spec", {})}, metadata=data.get("metadata"))
    ]
    assert wrong == []


def test_an_example_writes_the_type_that_it_is_of() -> None:
    for name, kind, data in examples():
        names = {field for field, _ in _steps(data)}
        users = types_of()[name].users
        if not users or name in {"Metadata", KINDS[kind].model.__name__}:
            continue
        fields = {field for user in users for field in _fields_of(user, name)}
        assert fields & names, (name, fields)


def _fields_of(user: str, name: str) -> list[str]:
    schema = types_of()[user].schema["properties"]
    return [field for field, part in schema.items() if re.search(rf"\b(\w+__)?{name}'", str(part))]


def _steps(data: Any) -> list[tuple[str, Any]]:
    if isinstance(data, dict):
        return [*data.items(), *(step for value in data.values() for step in _steps(value))]
    return [step for value in data for step in _steps(value)] if isinstance(data, list) else []


@pytest.mark.parametrize("kind", OWN_KINDS, ids=lambda kind: kind.name)
def test_a_page_names_its_kind(kind: Any) -> None:
    text = Path(FOLDER / f"{page_of(kind)}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {kind.name} reference\n")
    assert f"### {kind.name}Spec\n" in text
