"""The language server: what the protocol asks, asked of the folders that are open, and answered in its words."""

from __future__ import annotations

import asyncio
import os
import sys
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from ..editor import Diagnostic, Span, Text
from .editor_folders import EditorFolders

__all__ = ["Server", "serve"]

_DELAY = 0.05
"""Seconds from a change to what is said of it: who types fast is not answered for each letter."""

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}


class Server(LanguageServer):
    """One editor's server."""

    def __init__(self) -> None:
        # Full texts: where a line ends is then said by nobody but our own reader.
        sync = types.TextDocumentSyncKind.Full
        super().__init__("hzc", version("hanzo-constructs"), text_document_sync_kind=sync)
        self.open = EditorFolders()
        self._uris: dict[Path, str] = {}
        """As the editor writes them."""
        self._published: dict[Path, list[types.Diagnostic]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self.said_goodbye = False

    @property
    def encoding(self) -> str:
        """The unit of columns that the editor and this server have agreed on."""
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))

    def path_of(self, uri: str) -> Path:
        """Return the path that *uri* stands for; of what is in no file, one that no file has."""
        path = uris.to_fs_path(uri) if uri.startswith("file:") else None
        found = Path(path) if path else Path("/", f"{quote(uri, safe='')}.yaml")
        self._uris[found] = uri
        return found

    def uri_of(self, path: Path) -> str:
        """Return the URI of the file at *path*."""
        return self._uris.get(path) or uris.from_fs_path(str(path)) or path.as_uri()

    def text_of(self, path: Path) -> Text:
        """Return the text of the file at *path* as it counts."""
        owner = self.open.set_of(path)
        if owner is not None:
            return owner.working.files[owner.name(path)].text
        return Text(self.open.buffers.get(path, ""))

    def range_of(self, text: Text, span: Span) -> types.Range:
        """Return *span* of *text* in the units of the editor."""
        start, end = (types.Position(*text.to_units(each, self.encoding)) for each in span)
        return types.Range(start, end)

    def later(self) -> None:
        """Publish what is found, when nothing more comes for a moment."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_DELAY, self.publish)

    def publish(self) -> None:
        """Publish what is found in every set that has changed, where it is not known yet."""
        self._timer = None
        wrong: dict[Path, list[types.Diagnostic]] = {}
        known: set[Path] = set()
        for each in self.open.sets.values():
            paths = {*each.texts, *([each.settings] if each.settings else ())}
            known |= paths
            if each.is_changed:
                wrong |= {path: [*map(self._said, found)] for path, found in each.diagnostics().items()}
        wrong |= {path: [] for path in self._published if path not in known}
        for path, said in wrong.items():
            if self._published.get(path, []) != said:
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(self.uri_of(path), said))
                self._published[path] = said

    def _said(self, diagnostic: Diagnostic) -> types.Diagnostic:
        return types.Diagnostic(
            range=self.range_of(diagnostic.found.file.text, diagnostic.span),
            message=diagnostic.message,
            severity=_SEVERITIES[diagnostic.severity],
            source="hzc",
        )


def serve() -> int:
    """Serve the editor at the other end of the standard input and output; return 0 when it said goodbye, else 1."""
    server = Server()
    _listen(server)
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as stdout:  # because pygls closes what it writes to
        server.start_io(stdout=stdout)
    return 0 if server.said_goodbye else 1


def _listen(server: Server) -> None:
    """Have *server* hear of what is opened, changed, closed and saved."""

    @server.feature(types.INITIALIZED)
    def _(_: types.InitializedParams) -> None:
        server.open.folders = [server.path_of(folder.uri) for folder in server.workspace.folders.values()]
        server.open.scan()
        _watch(server)
        server.later()

    @server.feature(types.SHUTDOWN)
    def _(_: None) -> None:
        server.said_goodbye = True

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def _(_: types.DidChangeWorkspaceFoldersParams) -> None:
        server.open.folders = [server.path_of(folder.uri) for folder in server.workspace.folders.values()]
        server.open.scan()
        server.later()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def _(params: types.DidOpenTextDocumentParams) -> None:
        server.open.change(server.path_of(params.text_document.uri), params.text_document.text)
        server.later()

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _(params: types.DidChangeTextDocumentParams) -> None:
        for change in params.content_changes[-1:]:
            server.open.change(server.path_of(params.text_document.uri), change.text)
            server.later()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _(params: types.DidCloseTextDocumentParams) -> None:
        server.open.close(server.path_of(params.text_document.uri))
        server.later()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def _(_: types.DidSaveTextDocumentParams) -> None:
        server.open.scan()
        server.later()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _(_: types.DidChangeWatchedFilesParams) -> None:
        server.open.scan()
        server.later()


def _watch(server: Server) -> None:
    """Ask to be told of files that others change, of an editor that can tell."""
    workspace = server.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if watched and watched.dynamic_registration:
        watchers = [types.FileSystemWatcher("**/*.{yaml,yml,json}"), types.FileSystemWatcher("**/pyproject.toml")]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        server.client_register_capability(types.RegistrationParams([registration]))
