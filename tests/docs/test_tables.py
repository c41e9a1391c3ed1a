"""The tables of the documentation say what the code says."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from typing import Any

import pytest

import hanzo_constructs
from hanzo_constructs import compile_resource, parse
from hanzo_constructs.kube.fields import wire_name
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.platform import EPOCHS, Epoch
from hanzo_constructs.spec.kinds import KINDS, Kind
from scripts.generate_docs import generated, models
from scripts.generate_docs import pages as generated_pages
from tests.docs.pages import ROOT, Page


def rows(page: Page, *head: str) -> list[list[str]]:
    """The cells of the one table of *page* whose columns begin with *head*."""
    tables = re.findall(r"(?:^\|.*\|\n)+", page.text, re.MULTILINE)
    cells = [[[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in t.splitlines()] for t in tables]
    (found,) = [table for table in cells if table[0][: len(head)] == list(head)]
    return found[2:]


@pytest.mark.parametrize("path", generated_pages(), ids=lambda path: path.name)
def test_generated_tables_are_up_to_date(path: Any) -> None:
    assert path.read_text(encoding="utf-8") == generated(path), "run `python -m scripts.generate_docs`"


@pytest.mark.parametrize("path", generated_pages(), ids=lambda path: path.name)
def test_every_row_of_a_generated_table_is_one_line(path: Any) -> None:
    tables = re.findall(r"<!-- (\w+):begin ?\w* -->\n(.*?)<!-- \1:end -->", path.read_text(encoding="utf-8"), re.DOTALL)
    assert tables
    assert not [line for _, table in tables for line in table.splitlines() if not (line[0] == line[-1] == "|")]


def test_every_model_of_the_settings_has_its_table() -> None:
    texts = [path.read_text(encoding="utf-8") for path in generated_pages()]
    shown = [name for text in texts for name in re.findall(r"<!-- fields:begin (\w+) -->", text)]
    assert sorted(shown) == sorted(models())


def test_the_table_of_epochs() -> None:
    words = {"True": "yes", "False": "no", "None": "-"}
    names = [field.name for field in fields(Epoch) if field.name != "name"]
    table = rows(Page(ROOT / "docs/epochs.md"), "rule", *EPOCHS)
    assert [row[0] for row in table] == [f"`{wire_name(name)}`" for name in names]
    for number, epoch in enumerate(EPOCHS.values(), 1):
        values = [getattr(epoch, name) for name in names]
        assert [row[number] for row in table] == [words.get(str(value), str(value)) for value in values]


@pytest.mark.node
@pytest.mark.parametrize(
    ("kind", "file"),
    [("Service", "api.yaml"), ("Datastore", "orders.yaml"), ("Base", "ledger.yaml"), ("Gateway", "api.yaml")],
)
def test_the_table_of_children(kind: str, file: str) -> None:
    page = Page(ROOT / f"docs/kinds/{kind.lower()}.md")
    construct = getattr(hanzo_constructs, f"{kind}Construct")
    (full,) = [block for block in page.blocks if block.file_name == file]
    resource = parse(load_all(full.text, name=full.where)[0].data)
    children = compile_resource(resource).children
    table = rows(page, "child", "when")
    assert [row[0] for row in table] == [child.manifest["kind"] for child in children]
    for row, child in zip(table, children, strict=True):
        _, when, shown_name, attribute, shown_id = [cell.strip("`") if cell.count("`") == 2 else cell for cell in row]
        name, because = child.manifest["metadata"]["name"], child.requested_by.removeprefix("spec.")
        assert because in when
        assert child.id == re.sub(r"<\w+>", name, shown_id)
        if shown_name not in {"managedSecretName", "the alias"}:
            assert name == shown_name.replace("the resource's", "<name>").replace("<name>", resource.name)
        named = attribute.endswith("]")
        assert getattr(construct, attribute.partition("[")[0]).id == (
            child.id.removesuffix(f"-{name}") if named else child.id
        )


def test_the_layers_of_the_architecture() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = [each["layers"] for each in contracts if each.get("containers") == ["hanzo_constructs"]]
    package = ROOT / "hanzo_constructs"
    # A name in parentheses may be missing in the code, and then it is not in the text either.
    names = [re.findall(r"\w+", layer) for layer in layers]
    there = [
        [name for name in layer if (package / name).exists() or (package / f"{name}.py").exists()] for layer in names
    ]
    chain = re.search(r"^(`[^.]*`)\. Downwards only", Page(ROOT / "docs/architecture.md").text, re.MULTILINE)
    assert chain
    assert [re.findall(r"\w+", layer) for layer in re.findall(r"`(.*?)`", chain[1])] == there


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_has_its_page(kind: Kind) -> None:
    own = re.sub("(?<=[a-z])(?=[A-Z])", "-", kind.name).lower()
    page = f"docs/kinds/{'facades' if kind.of else own}.md"
    text = (ROOT / page).read_text(encoding="utf-8")
    assert text.startswith("# Facades" if kind.of else f"# {kind.name}\n")
    assert f"`{kind.name}`" in text if kind.of else f"(../reference/{own}.md)" in text
    assert f"({page})" in (ROOT / "README.md").read_text(encoding="utf-8")
