"""What the language server answers where it is asked of a place: help, completion, where a name leads to."""

from __future__ import annotations

from lsprotocol import types

from ..editor import Diagnostic, Text
from ..editor.completion import Completion, completions
from ..editor.definition import definitions
from ..editor.fixes import Fix, fixes
from ..editor.hover import hover
from .language_server import Server

__all__ = ["answer"]

_KINDS = {
    "field": types.CompletionItemKind.Field,
    "value": types.CompletionItemKind.Value,
    "reference": types.CompletionItemKind.Reference,
}


def answer(server: Server) -> None:
    """Have *server* answer."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def _(params: types.HoverParams) -> types.Hover | None:
        view = server.view(params.text_document, params.position)
        found = hover(view, server.reasons) if view else None
        if view is None or found is None:
            return None
        text = types.MarkupContent(types.MarkupKind.Markdown, found.text)
        return types.Hover(text, server.range_of(view.file.text, found.span))

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" ", ":", "{", "/"]))
    def _(params: types.CompletionParams) -> list[types.CompletionItem]:
        view = server.view(params.text_document, params.position)
        return [_item(server, view.file.text, each) for each in completions(view)] if view else []

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def _(params: types.DefinitionParams) -> list[types.Location]:
        view = server.view(params.text_document, params.position)
        owner = server.open.set_of(server.path_of(params.text_document.uri))
        if view is None or owner is None:
            return []
        return [
            types.Location(server.uri_of(owner.path(each.file.name)), server.range_of(each.file.text, each.span))
            for each in definitions(view)
        ]

    options = types.CodeActionOptions([types.CodeActionKind.QuickFix])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    def _(params: types.CodeActionParams) -> list[types.CodeAction]:
        path = server.path_of(params.text_document.uri)
        found = [(said, server.said(said)) for said in server.open.diagnostics_of(path)]
        return [
            _action(params.text_document.uri, server, said, shown, fix)
            for said, shown in found
            if _meet(shown.range, params.range)
            for fix in fixes(said)
        ]


def _meet(one: types.Range, other: types.Range) -> bool:
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def _key(place: types.Position) -> tuple[int, int]:
    return place.line, place.character


def _action(uri: str, server: Server, said: Diagnostic, shown: types.Diagnostic, fix: Fix) -> types.CodeAction:
    edit = types.TextEdit(server.range_of(said.found.file.text, fix.edit.span), fix.edit.text)
    return types.CodeAction(
        fix.title,
        types.CodeActionKind.QuickFix,
        diagnostics=[shown],
        is_preferred=fix.is_certain,
        edit=types.WorkspaceEdit({uri: [edit]}),
    )


def _item(server: Server, text: Text, each: Completion) -> types.CompletionItem:
    return types.CompletionItem(
        each.label,
        kind=_KINDS[each.kind],
        detail=each.detail or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, each.description) if each.description else None,
        sort_text=f"{each.rank}{each.label}",
        text_edit=types.TextEdit(server.range_of(text, each.span), each.text),
    )
