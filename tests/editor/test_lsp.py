"""`hzc lsp` as an editor sees it: over the protocol, with a client that is not ours."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from lsprotocol import types

from hanzo_constructs.cli.app import run
from tests.editor.client import Editor, edit
from tests.editor.inputs import SERVICE, service

pytestmark = pytest.mark.processes


def test_typing_a_mistake_and_mending_it(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SERVICE)

    async def scenario(editor: Editor) -> None:
        wrong = service("api", "replica: 2").replace("\n", "\r\n")
        uri = editor.open(tmp_path / "a.yaml", wrong)
        await editor.until(lambda: editor.messages(uri))
        (said,) = editor.diagnostics[uri]
        assert said.message == "spec.replica: unknown field, did you mean replicas?"
        assert said.range == types.Range(types.Position(7, 2), types.Position(7, 9))
        assert (said.severity, said.source) == (types.DiagnosticSeverity.Error, "hzc")
        change, remove = await editor.actions(uri, said)
        assert (change.title, change.is_preferred, remove.title) == ("Change to replicas", True, "Remove replica")
        assert change.edit is not None
        assert change.edit.changes is not None
        assert list(change.edit.changes[uri]) == [types.TextEdit(said.range, "replicas")]
        editor.type(uri, service("api", "replicas: 2"))
        await editor.until(lambda: not editor.messages(uri))

    assert edit(scenario, tmp_path) == 0


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 24), ("utf-16", 19)])
def test_columns_are_counted_as_the_editor_counts_them(tmp_path: Path, encoding: str, column: int) -> None:
    async def scenario(editor: Editor) -> None:
        text = service("api", 'labels: {"𝄞€é": 1}')
        uri = editor.open(tmp_path / "a.yaml", text)
        await editor.until(lambda: editor.messages(uri))
        (said,) = editor.diagnostics[uri]
        assert said.range == types.Range(types.Position(7, column), types.Position(7, column + 1))

    assert edit(scenario, tmp_path, encodings=[encoding]) == 0


def test_the_set_follows_what_is_open_and_what_is_closed(tmp_path: Path) -> None:
    client = service("web", "connections: [{kind: Service, name: db, env: {DB: url}}]")
    (tmp_path / "web.yaml").write_text(client)

    async def scenario(editor: Editor) -> None:
        web = (tmp_path / "web.yaml").as_uri()
        await editor.until(lambda: editor.messages(web))
        uri = editor.open(tmp_path / "db.yaml", service("db", "ports: {http: 80}"))
        await editor.until(lambda: not editor.messages(web))
        editor.close(uri)
        await editor.until(lambda: editor.messages(web))

    assert edit(scenario, tmp_path) == 0


def test_help_completion_and_where_a_name_leads(tmp_path: Path) -> None:
    (tmp_path / "db.yaml").write_text(service("db", "ports: {http: 80}"))

    async def scenario(editor: Editor) -> None:
        uri = editor.open(tmp_path / "web.yaml", service("web", "labels: {é𝄞: x}", "env: {A: '𝄞 http://db.shop.svc'}"))
        shown = await editor.hover(uri, 8, 3)
        assert shown is not None
        assert isinstance(shown.contents, types.MarkupContent)
        assert shown.contents.value.startswith("**spec.env**")
        assert shown.range == types.Range(types.Position(8, 2), types.Position(8, 5))
        (place,) = await editor.definition(uri, 8, 24)
        assert place == types.Location(
            (tmp_path / "db.yaml").as_uri(), types.Range(types.Position(3, 8), types.Position(3, 10))
        )
        editor.type(uri, service("web", "connections: [{kind: Service, name: }]"))
        (item,) = await editor.complete(uri, 7, 38)
        assert (item.label, item.detail) == ("db", "Service shop/db")
        settings = editor.open(tmp_path / "hanzo.yaml", "clus\n")
        assert "clusterDomain" in [each.label for each in await editor.complete(settings, 0, 4)]
        empty = editor.open(tmp_path / "new.yaml", "")
        assert [each.label for each in await editor.complete(empty, 0, 0)] == ["apiVersion", "kind", "metadata", "spec"]

    assert edit(scenario, tmp_path) == 0


def test_a_file_in_no_folder_and_a_text_in_no_file(tmp_path: Path) -> None:
    async def scenario(editor: Editor) -> None:
        for place in (tmp_path / "with space & é.yaml", "untitled:Untitled-1"):
            uri = editor.open(place, service("api", "replica: 2"))
            await editor.until(partial(editor.messages, uri))
            editor.close(uri)
            await editor.until(partial(editor.is_clean, uri))

    assert edit(scenario) == 0


def test_a_folder_that_is_closed_says_nothing_more(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.yaml").write_text(service("api", "replica: 2"))

    async def scenario(editor: Editor) -> None:
        one, two = ((tmp_path / name / "a.yaml").as_uri() for name in ("one", "two"))
        await editor.until(lambda: editor.messages(one) and editor.messages(two))
        gone = types.WorkspaceFolder((tmp_path / "one").as_uri(), "one")
        event = types.WorkspaceFoldersChangeEvent(added=[], removed=[gone])
        editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        await editor.until(lambda: not editor.messages(one))
        assert editor.messages(two)

    assert edit(scenario, tmp_path / "one", tmp_path / "two") == 0


def test_an_editor_that_goes_away_without_a_word(tmp_path: Path) -> None:
    async def scenario(editor: Editor) -> None:
        server = editor.client._server
        assert server is not None
        assert server.stdin is not None
        server.stdin.close()
        await server.wait()
        raise ConnectionError

    with pytest.raises(ConnectionError):
        edit(scenario, tmp_path)


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("hanzo_constructs.cli.lsp.find_spec", lambda _: None)
    assert run(["lsp"]) == 2
    assert "pip install 'hanzo-constructs[lsp]'" in capsys.readouterr().err
