"""How to write a string so that every YAML reader reads that string back.

Readers disagree about what else a plain scalar may be (YAML 1.1, YAML 1.2, Go, Python), so a string is written plain
only when none of them takes it for anything but text.
"""

from __future__ import annotations

import re

__all__ = ["block_text", "inline_text"]

# Nearly every string of a manifest: starts like a word or a path and holds nothing that YAML could mean.
_CERTAINLY_PLAIN = re.compile(r"[A-Za-z/_][A-Za-z0-9/_.@,;=+%()$-]*(?::[A-Za-z0-9/_.@,;=+%()$-]+)*").fullmatch
_WORDS = frozenset({"y", "yes", "n", "no", "on", "off", "true", "false", "null"})

# The first character of a plain scalar; a dash or a dot only where no number, list item or document marker begins.
_PLAIN_START = re.compile(
    r"[A-Za-z0-9_/($;^\\]|[^\x00-\xa0]|--?[A-Za-z0-9_/($]|\.{0,2}[A-Za-z0-9_/]|\+[A-Za-z0-9/]"
).match
_ENDS_PLAIN = re.compile(r": | #|:\Z").search
# Go's reader drops underscores wherever they stand before it looks for a number.
_NUMBER_LIKE = re.compile(
    r"(?=.*[0-9])[-+.0-9][-+0-9_:.,eExXoObB]*|[-+]?_*0_*[xX][0-9a-fA-FpP_.+-]*|[0-9]{4}-[0-9].*|[-+]?\.(?i:inf|nan)"
).fullmatch
_ADDRESS_OR_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+){2,}").fullmatch

# What does not print, what readers drop or take for a line break, and what turns the direction of the text around it.
_LOST_IN_BLOCK = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\uffff"
)
_UNPRINTABLE = rf"\t\n{_LOST_IN_BLOCK}"
_NEEDS_ESCAPE = re.compile(f"[{_UNPRINTABLE}]").search
_ESCAPED = re.compile(rf'[{_UNPRINTABLE}"\\]').sub
_SURROGATE = re.compile(r"[\ud800-\udfff]").search
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}

# A block keeps line ends and tabs and nothing else that needs an escape; spaces at line ends are lost in editors. As one
# pattern this takes eight times as long.
_NEEDS_ESCAPE_IN_BLOCK = re.compile(f"[{_LOST_IN_BLOCK}]").search
_ENDS_LINE_IN_SPACE = re.compile(r"[ \t]$", re.MULTILINE).search


def inline_text(text: str) -> str:
    """Write *text* on one line: plain where every reader agrees, quoted otherwise.

    Raises ValueError for a lone surrogate, which no file can hold.
    """
    if _CERTAINLY_PLAIN(text):
        return f'"{text}"' if len(text) <= 5 and text.lower() in _WORDS else text
    if _NEEDS_ESCAPE(text):
        if found := _SURROGATE(text):
            raise ValueError(f"lone surrogate U+{ord(found[0]):04X} cannot be written as UTF-8")
        return f'"{_ESCAPED(_escape, text)}"'
    if (
        _PLAIN_START(text)
        and not _ENDS_PLAIN(text)
        and text == text.strip()
        and (not _NUMBER_LIKE(text) or _ADDRESS_OR_VERSION(text))
    ):
        return text
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def block_text(text: str, pad: str) -> str:
    """Write *text* as a literal block whose lines start with *pad*, or on one line where a block would lose something.

    *pad* is a line break and two spaces more than the indentation of the parent.
    """
    if text[0] in "\n\t" or _NEEDS_ESCAPE_IN_BLOCK(text) or _ENDS_LINE_IN_SPACE(text):
        return inline_text(text)
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    header = "|" + ("2" if text[0] == " " else "") + ("-" if ends == 0 else "" if ends == 1 else "+")
    lines = body.split("\n")
    return header + "".join([pad + line if line else "\n" for line in lines]) + "\n" * (ends - 1)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04x}"
