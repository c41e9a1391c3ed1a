"""What the language server is told, and how it ends."""

from __future__ import annotations

import os
import sys

from lsprotocol import types

from .language_answers import answer
from .language_server import Server

__all__ = ["serve"]


def serve() -> int:
    """Serve the editor at the other end of the standard input and output; return 0 when it said goodbye, else 1."""
    server = Server()
    _listen(server)
    answer(server)
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
