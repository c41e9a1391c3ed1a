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
from hanzo_constructs.spec.kinds import KINDS
from scripts.generate_docs import generated, models
from scripts.generate_docs import pages as generated_pages
from tests.docs.pages import ROOT, Page

SERVICE = Page(ROOT / "docs/kinds/service.md")
FACADES = Page(ROOT / "docs/kinds/facades.md")


def rows(page: Page, *head: str) -> list[list[str]]:
    """The cells of the one table of *page* whose columns begin with *head*."""
    tables = re.findall(r"(?:^\|.*\|\n)+", page.text, re.MULTILINE)
    cells = [[[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in t.splitlines()] for t in tables]
    (found,) = [table for table in cells if table[0][: len(head)] == list(head)]
    return found[2:]


@pytest.mark.parametrize("path", generated_pages(), ids=lambda path: path.name)
def test_generated_tables_are_up_to_date(path: Any) -> None:
    assert path.read_text(encoding="utf-8") == generated(path), "run `python -m scripts.generate_docs`"


def test_every_model_has_its_table() -> None:
    texts = [path.read_text(encoding="utf-8") for path in generated_pages()]
    shown = [name for text in texts for name in re.findall(r"<!-- fields:begin (\w+) -->", text)]
    envelopes = {"Resource", *KINDS}
    assert sorted(shown) == sorted(set(models()) - envelopes)


def test_every_kind_has_its_page() -> None:
    facades = {row[0]: row[2] for row in rows(FACADES, "kind", "is")}
    for kind in KINDS.values():
        page = ROOT / f"docs/kinds/{kind.compiled_as.lower()}.md"
        assert page.exists()
        if kind.name != kind.compiled_as:
            assert facades.pop(f"`{kind.name}`") == f"[{kind.compiled_as}]({page.name})"
    assert not facades


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


@pytest.mark.parametrize(
    ("page", "file"), [("datastore", "orders.yaml"), ("base", "ledger.yaml"), ("gateway", "api.yaml")]
)
def test_the_table_of_children_of_other_kinds(page: str, file: str) -> None:
    shown = Page(ROOT / f"docs/kinds/{page}.md")
    (full,) = [block for block in shown.blocks if block.file_name == file]
    resource = parse(load_all(full.text, name=full.where)[0].data)
    found = []
    for child in compile_resource(resource).children:
        name = child.manifest["metadata"]["name"]
        found.append((child.manifest["kind"], child.because.removeprefix("spec."), name, child.id))
    table = rows(shown, "child", "when")
    assert [row[0] for row in table] == [kind for kind, *_ in found]
    for row, (_, because, name, child_id) in zip(table, found, strict=True):
        when, shown_name, shown_id = row[1], row[2], row[3].strip("`")
        assert f"`{because}`" in when or because == when
        assert child_id == re.sub(r"<\w+>", name, shown_id)
        if shown_name not in {"`managedSecretName`", "the alias"}:
            pattern = "<name>" if shown_name == "the resource's" else shown_name.strip("`")
            assert name == pattern.replace("<name>", resource.name)


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
