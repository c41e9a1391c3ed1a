"""Messages on the standard error and data on the standard output."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import IO, TypeVar

from ..errors import Finding, OutputError, ReadError
from .spool import Stored, write_parts

__all__ = [
    "coloured",
    "counted",
    "has_colours",
    "is_terminal",
    "print_bytes",
    "print_data",
    "print_error",
    "print_findings",
    "print_line",
    "safe",
    "standard_input",
    "tell",
    "tracked",
]

S = TypeVar("S")

# A file may hold anything; what it says must not move the cursor, clear the screen or turn the text around.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CODES = {"error": "1;31", "warning": "1;33", "note": "36", "ok": "32", "fail": "1;31"}


def safe(text: str) -> str:
    """Return *text* with everything escaped that would not print as one line."""
    return _UNSAFE.sub(lambda found: _SHORT.get(found[0]) or f"\\u{ord(found[0]):04x}", text)


def is_terminal(stream: IO[str] | None) -> bool:
    """Tell whether a person is watching *stream*, which is None when it is closed."""
    return stream is not None and stream.isatty()


def has_colours(stream: IO[str] | None) -> bool:
    """Tell whether *stream* is a terminal that wants colours."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def coloured(word: str, stream: IO[str]) -> str:
    """Return *word* in its colour if *stream* is a terminal that wants colours."""
    return f"\x1b[{_CODES[word]}m{word}\x1b[0m" if has_colours(stream) else word


def counted(number: int, noun: str) -> str:
    """Return *number* and *noun*: `1 error`, `2 errors`."""
    plural = noun if number == 1 else noun[:-1] + "ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {plural}" if number == 1 or noun != "child" else f"{number} children"


def print_error(*messages: str) -> None:
    """Print each of *messages* as an error."""
    mark = coloured("error", sys.stderr)
    _print(f"{mark}: {safe(message)}" for message in messages)


def print_findings(findings: Iterable[Finding]) -> None:
    """Print *findings*, errors, warnings and notes, one line each."""
    marks = {severity: coloured(severity, sys.stderr) for severity in ("error", "warning", "note")}
    _print(f"{marks[finding.severity]}: {safe(str(finding))}" for finding in findings)


def print_line(text: str) -> None:
    """Print *text* as a line of its own."""
    _print([text])


def tell(text: str) -> None:
    """Print *text* on a terminal only, so that scripts that succeed print nothing."""
    if is_terminal(sys.stderr):
        _print([text])


def standard_input() -> IO[bytes]:
    """Return the standard input for bytes."""
    if sys.stdin is None:
        raise ReadError([Finding("is closed", where="<stdin>")])
    return sys.stdin.buffer


def print_data(parts: Iterable[str | Stored]) -> None:
    """Write *parts* to the standard output: UTF-8 whatever the locale says, and no line end but line feed."""
    if sys.stdout is None:
        raise OutputError("the standard output is closed")
    stream = sys.stdout.buffer
    write_parts(parts, stream)
    stream.flush()


def print_bytes(data: bytes | memoryview) -> None:
    """Write *data* to the standard output as it is."""
    if sys.stdout is None:
        raise OutputError("the standard output is closed")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def tracked(steps: Iterator[S], number: float) -> Iterator[S]:
    """Yield the *number* of *steps* of compiling, and show on a terminal how far that is."""
    if not is_terminal(sys.stderr):
        return steps
    from rich.console import Console
    from rich.progress import track

    return iter(track(steps, "compiling", total=number, console=Console(stderr=True), transient=True))


def _print(lines: Iterable[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:  # nobody is left to be told
        pass
