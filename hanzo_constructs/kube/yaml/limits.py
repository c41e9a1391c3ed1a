"""How much of everything a text may hold; the emitter keeps to the same depth."""

from __future__ import annotations

__all__ = ["MAX_ALIASED_VALUES", "MAX_ALIASES", "MAX_DEPTH", "MAX_DOCUMENT", "MAX_TEXT", "TOO_DEEP", "TOO_LARGE"]

MAX_TEXT = 64 * 2**20
"""Bytes or characters of one text with many documents."""

MAX_DOCUMENT = 4 * 2**20
"""Characters of one document. An API server stores objects of up to 1.5 MiB; a list of objects may be longer."""

MAX_DEPTH = 100
"""Mappings and lists inside each other."""

MAX_ALIASES = 20
"""Aliases in one document."""

MAX_ALIASED_VALUES = 10_000
"""Values that the aliases of one document stand for, together."""

TOO_DEEP = f"mappings and lists are nested deeper than {MAX_DEPTH} levels"
TOO_LARGE = f"the document is larger than {MAX_DOCUMENT // 2**20} MiB"
