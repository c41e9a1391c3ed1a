"""yaml-language-server, which VS Code, Neovim and Helix run, with our schemas: mistakes, help and completion.

`make slow` installs it into `.build`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lsprotocol import types

from tests.cli.conftest import Run, here, hzc  # noqa: F401 - fixtures
from tests.editor.client import Editor, edit
from tests.editor.inputs import service

SERVER = (
    Path(__file__).parents[2] / ".build/yaml-language-server/node_modules/yaml-language-server/bin/yaml-language-server"
)
NODE = shutil.which("node")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.node,
    pytest.mark.skipif(not SERVER.exists(), reason="yaml-language-server is not installed; `make slow` installs it"),
    pytest.mark.skipif(NODE is None, reason="there is no Node on PATH"),
]

MODELINE = "# yaml-language-server: $schema=../schemas/all.json\n"


@pytest.fixture
def folder(hzc: Run, here: Path) -> Path:  # noqa: F811 - the fixtures above
    """A folder with our schemas, and one for resources."""
    assert hzc("schema", "-o", "schemas").status == 0
    (here / "services").mkdir()
    return here


def text_of(found: types.Hover | None) -> str:
    assert found is not None
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


def test_mistakes_help_and_completion(folder: Path) -> None:
    async def scenario(editor: Editor) -> None:
        text = MODELINE + service("api", "replica: 2", "ports: {http: 80}")
        uri = editor.open(folder / "services" / "api.yaml", text)
        await editor.until(lambda: editor.messages(uri))
        (said,) = editor.diagnostics[uri]
        assert (said.message, said.range.start.line) == ("Property replica is not allowed.", 8)
        assert "Image of the main container" in text_of(await editor.hover(uri, 7, 3))
        editor.type(uri, MODELINE + service("api", "ports: {http: 80}", "st"))
        assert "strategy" in {item.label for item in await editor.complete(uri, 9, 4)}
        editor.type(uri, MODELINE + service("api", "strategy: "))
        assert {"Recreate", "RollingUpdate"} <= {item.label for item in await editor.complete(uri, 8, 12)}
        editor.type(uri, MODELINE + service("api", "ports: {http: 80}", "env: {A: b}"))
        await editor.until(lambda: not editor.messages(uri))

    assert edit(scenario, folder, command=(str(NODE), str(SERVER), "--stdio")) == 0


def test_the_line_that_scaffolds_begin_with(folder: Path, hzc: Run) -> None:  # noqa: F811 - the fixture above
    for kind in ("service", "sql", "gateway", "base", "task"):
        ran = hzc("init", kind, "api", "--schema", f"../schemas/hanzo.ai/{kind}_v1.json")
        assert ran.status == 0
        (folder / "services" / f"{kind}.yaml").write_text(ran.stdout)

    async def scenario(editor: Editor) -> None:
        for path in sorted((folder / "services").iterdir()):
            text = path.read_text()
            uri = editor.open(path, text.replace("\nspec:", "\nspecs:"))
            await editor.until(lambda uri=uri: editor.messages(uri))  # type: ignore[misc]
            editor.type(uri, text)
            await editor.until(lambda uri=uri: not editor.messages(uri))  # type: ignore[misc]

    assert edit(scenario, folder, command=(str(NODE), str(SERVER), "--stdio")) == 0


def test_settings(folder: Path) -> None:
    async def scenario(editor: Editor) -> None:
        uri = editor.open(folder / "hanzo.yaml", "# yaml-language-server: $schema=schemas/hanzo.json\nnamespaces: a\n")
        await editor.until(lambda: editor.messages(uri))
        assert editor.messages(uri) == ["Property namespaces is not allowed."]

    assert edit(scenario, folder, command=(str(NODE), str(SERVER), "--stdio")) == 0


def test_schemas_by_the_names_of_files(folder: Path) -> None:
    async def scenario(editor: Editor) -> None:
        schemas = {"schemas/all.json": ["services/*.yaml"], "schemas/hanzo.json": ["hanzo.yaml"]}
        editor.settings = {"yaml": {"schemas": schemas}}
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(editor.settings))
        uri = editor.open(folder / "services" / "api.yaml", service("api", "replica: 2"))
        await editor.until(lambda: editor.messages(uri))
        assert editor.messages(uri) == ["Property replica is not allowed."]
        uri = editor.open(folder / "hanzo.yaml", "namespaces: a\n")
        await editor.until(lambda: editor.messages(uri))
        assert editor.messages(uri) == ["Property namespaces is not allowed."]

    assert edit(scenario, folder, command=(str(NODE), str(SERVER), "--stdio")) == 0
