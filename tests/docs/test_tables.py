"""The tables of the documentation say what the code says."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from typing import Any

import pytest

from hanzo_constructs import compile_resource, parse
from hanzo_constructs.kube.fields import wire_name
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.platform import EPOCHS, Epoch
from scripts.generate_docs import generated, models
from scripts.generate_docs import pages as generated_pages
from tests.docs.pages import ROOT, Page

SERVICE = Page(ROOT / "docs/kinds/service.md")


def rows(page: Page, *head: str) -> list[list[str]]:
    """The cells of the one table of *page* whose columns begin with *head*."""
    tables = re.findall(r"(?:^\|.*\|\n)+", page.text, re.MULTILINE)
    cells = [[[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in t.splitlines()] for t in tables]
    (found,) = [table for table in cells if table[0][: len(head)] == list(head)]
    return found[2:]


@pytest.mark.parametrize("path", generated_pages(), ids=lambda path: path.name)
def test_generated_tables_are_up_to_date(path: Any) -> None:
    page = path.read_text(encoding="utf-8")
    assert page == generated(page), "run `python -m scripts.generate_docs`"


def test_every_model_has_its_table() -> None:
    shown = set(re.findall(r"<!-- fields:begin (\w+) -->", SERVICE.text + Page(ROOT / "docs/platform.md").text))
    envelope = {"Resource", "Service"}
    assert shown == set(models()) - envelope


def test_the_table_of_epochs() -> None:
    words = {True: "yes", False: "no", None: "-"}
    names = [field.name for field in fields(Epoch) if field.name != "name"]
    table = rows(Page(ROOT / "docs/epochs.md"), "rule", *EPOCHS)
    assert [row[0] for row in table] == [f"`{wire_name(name)}`" for name in names]
    for number, epoch in enumerate(EPOCHS.values(), 1):
        values = [getattr(epoch, name) for name in names]
        assert [row[number] for row in table] == [words[v] if v in words else str(v) for v in values]


@pytest.mark.node
def test_the_table_of_children() -> None:
    from hanzo_constructs import ServiceConstruct

    (full,) = [block for block in SERVICE.blocks if block.file_name == "api.yaml"]
    children = compile_resource(parse(load_all(full.text, name=full.where)[0].data)).children
    table = rows(SERVICE, "child", "when")
    assert [row[0] for row in table] == [child.manifest["kind"] for child in children]
    for row, child in zip(table, children, strict=True):
        kind, when, name, attribute, child_id = row
        assert f"`{child.because.removeprefix('spec.')}`" in when or when == child.because
        assert child_id.strip("`") == child.id.replace(child.manifest["metadata"]["name"], "<name>")
        assert name == ("the resource's" if child.manifest["metadata"]["name"] == "api" else "`managedSecretName`")
        assert getattr(ServiceConstruct, attribute.strip("`").removesuffix("[name]")).id == kind


def test_the_layers_of_the_architecture() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    package = ROOT / "hanzo_constructs"
    # A name in parentheses may be missing in the code, and then it is not in the text either.
    names = [re.findall(r"\w+", layer) for layer in layers]
    there = [
        [name for name in layer if (package / name).exists() or (package / f"{name}.py").exists()] for layer in names
    ]
    chain = re.search(r"^(`[^.]*`)\. Downwards only", Page(ROOT / "docs/architecture.md").text, re.MULTILINE)
    assert chain
    assert [re.findall(r"\w+", layer) for layer in re.findall(r"`(.*?)`", chain[1])] == there
