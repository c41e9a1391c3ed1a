"""`hzc lsp`: the language server for editors."""

from __future__ import annotations

import gc
from importlib.util import find_spec

import click

from .options import OptionsOnce

__all__ = ["lsp"]


@click.command(cls=OptionsOnce, short_help="Serve editors: findings, help and completion while one types.")
@click.option("--stdio", is_flag=True, help="Speak over the standard input and output, which is all there is.")
def lsp(*, stdio: bool) -> int:  # noqa: ARG001 - many editors pass it
    """Speak the Language Server Protocol over the standard input and output, for editors.

    All resources of a folder, and the objects of your own beside them, are compiled and proven together while you type;
    what is not saved yet counts. Needs pip install 'hanzo-constructs[lsp]'.
    """
    if find_spec("pygls") is None:
        raise click.UsageError("the language server needs pygls: pip install 'hanzo-constructs[lsp]'")
    from .language_events import serve

    gc.enable()  # this process lives as long as the editor
    return serve()
