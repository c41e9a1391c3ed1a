"""An editor as far as tests need one: the client of pygls, which keeps what it is told."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

__all__ = ["Editor", "edit"]

T = TypeVar("T")

_HZC = "from hanzo_constructs.cli import main; main()"
_PATIENCE = 30
"""Seconds that nothing ever takes."""


class Editor:
    """One editor with a server of its own."""

    def __init__(self, folders: Sequence[Path], encodings: Sequence[str], command: Sequence[str] = ()) -> None:
        self._command = command or (sys.executable, "-c", _HZC, "lsp", "--stdio")
        self.client = LanguageClient("editor", "1")
        self.diagnostics: dict[str, list[types.Diagnostic]] = {}
        self.settings: dict[str, Any] = {}
        """What the server is told of settings, by their sections."""
        self._folders = folders
        self._encodings = encodings
        self._news = asyncio.Event()
        self._versions: dict[str, int] = {}

        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self._told(params))  # noqa: PLW0108 - pygls writes attributes to it
        self.client.feature(types.WORKSPACE_CONFIGURATION)(lambda params: self._configured(params))  # noqa: PLW0108 - likewise

    def _configured(self, params: types.ConfigurationParams) -> list[Any]:
        return [self.settings.get(item.section or "") for item in params.items]

    def _told(self, params: types.PublishDiagnosticsParams) -> None:
        self.diagnostics[params.uri] = list(params.diagnostics)
        self._news.set()

    async def start(self) -> types.InitializeResult:
        await self.client.start_io(*self._command)
        general = types.GeneralClientCapabilities(
            position_encodings=[types.PositionEncodingKind(each) for each in self._encodings]
        )
        folders = [types.WorkspaceFolder(each.as_uri(), each.name) for each in self._folders]
        root = folders[0].uri if folders else None
        capabilities = types.ClientCapabilities(general=general)
        params = types.InitializeParams(capabilities, root_uri=root, workspace_folders=folders)
        result = await self._soon(self.client.initialize_async(params))
        self.client.initialized(types.InitializedParams())
        return result

    async def stop(self) -> int | None:
        await self._soon(self.client.shutdown_async(None))
        self.client.exit(None)
        server = self.client._server
        assert server is not None
        await self._soon(server.wait())
        await self.client.stop()  # type: ignore[no-untyped-call]
        return server.returncode

    def open(self, path: Path | str, text: str) -> str:
        uri = path if isinstance(path, str) else path.as_uri()
        self._versions[uri] = 1
        document = types.TextDocumentItem(uri, "yaml", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
        return uri

    def type(self, uri: str, text: str) -> None:
        self._versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self._versions[uri], uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def close(self, uri: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    async def hover(self, uri: str, line: int, column: int) -> types.Hover | None:
        place = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line, column))
        return await self._soon(self.client.text_document_hover_async(place))

    async def complete(self, uri: str, line: int, column: int) -> list[types.CompletionItem]:
        place = types.CompletionParams(types.TextDocumentIdentifier(uri), types.Position(line, column))
        found = await self._soon(self.client.text_document_completion_async(place))
        return list(found.items if isinstance(found, types.CompletionList) else found or ())

    async def definition(self, uri: str, line: int, column: int) -> list[types.Location]:
        place = types.DefinitionParams(types.TextDocumentIdentifier(uri), types.Position(line, column))
        found = await self._soon(self.client.text_document_definition_async(place))
        return [each for each in found or () if isinstance(each, types.Location)]  # type: ignore[union-attr]

    async def actions(self, uri: str, diagnostic: types.Diagnostic) -> list[types.CodeAction]:
        document, context = types.TextDocumentIdentifier(uri), types.CodeActionContext([diagnostic])
        params = types.CodeActionParams(document, diagnostic.range, context)
        found = await self._soon(self.client.text_document_code_action_async(params))
        return [each for each in found or () if isinstance(each, types.CodeAction)]

    def messages(self, uri: str) -> list[str]:
        return [each.message for each in self.diagnostics.get(uri, [])]

    def is_clean(self, uri: str) -> bool:
        return not self.diagnostics[uri]

    async def until(self, holds: Callable[[], Any]) -> None:
        """Wait until what was told *holds*."""
        async with asyncio.timeout(_PATIENCE):
            while not holds():
                self._news.clear()
                await self._news.wait()

    async def _soon(self, coming: Awaitable[T]) -> T:
        async with asyncio.timeout(_PATIENCE):
            return await coming


def edit(
    scenario: Callable[[Editor], Awaitable[None]],
    *folders: Path,
    encodings: Sequence[str] = ("utf-16",),
    command: Sequence[str] = (),
) -> int | None:
    """Play *scenario* in an editor with *folders* open, and return the exit status of the server.

    The server is `hzc lsp`, unless a *command* starts another one.
    """

    async def play() -> int | None:
        editor = Editor(folders, encodings, command)
        await editor.start()
        try:
            await scenario(editor)
        except BaseException:
            with suppress(ProcessLookupError):
                editor.client._server.kill()  # type: ignore[union-attr]
            raise
        return await editor.stop()

    return asyncio.run(play())
