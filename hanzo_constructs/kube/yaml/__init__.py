"""YAML and JSON without surprises: a strict reader, and an emitter whose strings every reader reads back."""

from __future__ import annotations

from .document import Document
from .emitter import dump, dump_all
from .reader import Contents, load, load_all, load_json, read

__all__ = ["Contents", "Document", "dump", "dump_all", "load", "load_all", "load_json", "read"]
