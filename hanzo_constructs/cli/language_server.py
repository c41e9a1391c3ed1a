"""The language server: what is open in an editor, in the words of the protocol."""

from __future__ import annotations

import asyncio
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from ..editor import Diagnostic, Span, Text
from ..editor.hover import Reasons
from ..editor.view import View
from .editor_folders import EditorFolders

__all__ = ["Server"]

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
        self.reasons = Reasons()
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

    def view(self, document: types.TextDocumentIdentifier, position: types.Position) -> View | None:
        """Return what there is at *position* of *document*, with everything known of it by now."""
        if self._timer is not None:
            self._timer.cancel()
            self.publish()
        line, column = position.line, position.character
        return self.open.view(self.path_of(document.uri), lambda text: text.from_units(line, column, self.encoding))

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
                wrong |= {path: [*map(self.said, found)] for path, found in each.diagnostics().items()}
        wrong |= {path: [] for path in self._published if path not in known}
        for path, said in wrong.items():
            if self._published.get(path, []) != said:
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(self.uri_of(path), said))
                self._published[path] = said

    def said(self, diagnostic: Diagnostic) -> types.Diagnostic:
        """Return *diagnostic* in the words of the protocol."""
        return types.Diagnostic(
            range=self.range_of(diagnostic.found.file.text, diagnostic.span),
            message=diagnostic.message,
            severity=_SEVERITIES[diagnostic.severity],
            source="hzc",
        )
