"""Texts and numbers as literals of Python, quoted as formatters quote them; no text can end its own literal."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["Code", "block_literal", "formatted_literal", "is_block", "literal"]

_PLAIN = re.compile(r"[ !#-&(-\[\]-~]*\Z")
"""Printable ASCII without quotes and backslashes."""


class Code(str):
    """The source of an expression, as it is."""

    __slots__ = ()


def literal(value: str | float | None) -> str:
    """Return the literal of *value*: in double quotes, unless single ones need fewer backslashes."""
    if not isinstance(value, str):
        return repr(value)
    if _PLAIN.match(value):
        return f'"{value}"'
    body = repr(f"'\"{value}")[4:-1]  # both quotes in front: repr takes single ones and escapes those alone
    inner = body.replace("\\'", "'")
    quote = "'" if value.count('"') > value.count("'") else '"'
    return quote + _escaped(inner, quote) + quote


def _escaped(body: str, quote: str) -> str:
    """Return *body*, in which all is escaped but quotes, with *quote* escaped as well."""
    return body.replace(quote, f"\\{quote}")


def is_block(text: str) -> bool:
    """Tell whether *text* reads better as a block of lines: several lines of nothing but what prints."""
    lines = text.split("\n")
    return len(lines) > 2 and '"""' not in text and not text.endswith('"') and all(map(_prints, lines))


def _prints(line: str) -> bool:
    return line.isprintable() and line == line.rstrip()


def block_literal(text: str) -> str:
    """Return *text*, which `is_block`, in triple quotes, with each line on a line of its own."""
    return '"""\\\n' + text.replace("\\", "\\\\") + '"""'


def formatted_literal(pieces: Iterable[str]) -> Code:
    """Return the f-string of *pieces*: texts, which hold neither quotes nor backslashes, and `Code` between them."""
    joined = "".join(
        f"{{{piece.replace(chr(34), chr(39))}}}"
        if isinstance(piece, Code)
        else piece.replace("{", "{{").replace("}", "}}")
        for piece in pieces
    )
    return Code(f'f"{joined}"')
