"""The `main` of a program that renders an app: errors go to the standard error as plain lines, with exit status 1."""

from __future__ import annotations

import atexit
import gc
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jsii.errors import JavaScriptError

from ...errors import ArgumentError, Finding, HanzoError, InputError
from ...garbage_collection import paused_garbage_collection
from ...output.rendering import records_into
from ...platform import Platform
from ...verify import needs_lines
from ..lazy.arguments import check_argument
from ..node.caller import CodeLine, caller
from ..node.cdk import ApiObject, App
from .app import HanzoApp
from .arguments import Flags, UnknownArgumentError, command, flags_in, help_text

if TYPE_CHECKING:
    from ...output.comparing import Comparison

__all__ = ["main"]

_VALIDATION_FAILED = "Validation failed with the following errors:\n"
_VALIDATION_LINE = re.compile(r"  \[(?P<path>[^\]]*)\] (?P<message>.*)")


def main(
    source: App | Callable[[HanzoApp], object], *, platform: Platform | None = None, takes_arguments: bool = False
) -> None:
    """Write the output of *source*: an app, or a function that fills one, which is made with the *platform*.

    What is wrong goes to the standard error, one line each and nothing else, and the process ends with status 1;
    warnings go there too, and what the app needs from outside. What is wrong in a resource is reported likewise if a
    function declares it.

    The program understands `--help`, `--strict` and `--check`, which writes nothing and ends with status 1 where the
    files there are others. Other arguments are an error, with status 2, unless it reads them itself (*takes_arguments*).
    """
    _check_arguments(source, platform)
    # What lives when the program ends goes with it; to look for cycles in it takes as long as to compile.
    atexit.register(gc.freeze)
    # Only the program itself: whoever imports and calls this, such as a test, has arguments of its own.
    is_program = sys.argv[1:] and Path(caller().file).absolute() == Path(sys.argv[0]).absolute()
    flags = _flags(source) if is_program and not takes_arguments else Flags()
    try:
        with paused_garbage_collection():
            if isinstance(source, App):
                app = source
            else:
                app = HanzoApp(platform=platform)
                source(app)
            _render(app, flags)
    except HanzoError as error:
        findings = error.findings if isinstance(error, InputError) else map(Finding, str(error).split("\n"))
        _fail(findings)
    except AttributeError as error:
        if error.obj is not None or not hasattr(ApiObject, error.name or ""):
            raise
        _fail([_no_child(error)])
    except RuntimeError as error:
        if not isinstance(error.__cause__, JavaScriptError):
            raise
        _fail(_findings(str(error)))


def _render(app: App, flags: Flags) -> None:
    """Write what *app* renders, or compare it, and say what is doubtful in it and what it needs."""
    if not isinstance(app, HanzoApp):
        app.synth()
        return
    if flags.strict:
        app.synth_yaml()
        _refuse_warnings(app.warnings, "compared" if flags.check else "written")
    found = app.check() if flags.check else None
    if found is None:
        app.synth()
    _print(app.warnings)
    if found is None:
        if records_into() is None:
            sys.stderr.write("".join(f"{line}\n" for line in needs_lines(app.needs)))
    elif not found.is_same:
        _refuse(app, found)


def _refuse_warnings(warnings: Sequence[Finding], done: str) -> None:
    if warnings:
        _print(warnings)
        number = "1 warning" if len(warnings) == 1 else f"{len(warnings)} warnings"
        _fail([Finding(f"{number}, and --strict takes them for errors; nothing {done}")])


def _refuse(app: HanzoApp, found: Comparison) -> None:
    """Name the files that were *found* to differ, and the command that writes them, and end the program."""
    words = {"stale": found.stale, "missing": found.missing, "orphaned": found.orphaned}
    lines = [f"{word:<9} {Path(app.outdir) / name}\n" for word, names in words.items() for name in names]
    sys.stdout.write("".join(lines))
    counts = ", ".join(f"{len(names)} {word}" for word, names in words.items() if names)
    _fail([Finding(f"{counts}; to write it anew: {command()}", where=app.outdir)])


def _check_arguments(source: object, platform: object) -> None:
    if not callable(source):
        check_argument("source", source, App, "an app or a function that fills one")
    check_argument("platform", platform, Platform | None, "a Platform, such as load_platform(file) returns")
    if isinstance(source, App) and platform is not None:
        message = "an app that is made already has its own"
        raise ArgumentError([Finding(message, "platform", where=str(caller()))])


def _no_child(error: AttributeError) -> Finding:
    """Say that somebody asked something of a child that is not there, and where: an attribute of a construct is None then."""
    lines = traceback.extract_tb(error.__traceback__)
    line = lines[-1]
    place = CodeLine(line.filename, line.lineno or 0)
    advice = (
        "a child that a resource does not ask for is None: write the block of the spec that derives it, or ask before"
    )
    code = f"{line.line}: " if line.line else ""
    return Finding(f"{code}None has no {error.name}; {advice}", where=str(place))


def _flags(source: object) -> Flags:
    """Return what the arguments of the program say; print the help that they ask for, and end the program."""
    program = Path(sys.argv[0]).name
    try:
        flags = flags_in(sys.argv[1:])
    except UnknownArgumentError as error:
        reason = f"unknown argument {error}; this program reads --check, --strict and --help"
        _print([Finding(f"{reason} (one that reads others says so: main(..., takes_arguments=True))", where=program)])
        sys.exit(2)
    if flags.help:
        sys.stdout.write(help_text())
        sys.exit(0)
    if flags != Flags() and isinstance(source, App) and not isinstance(source, HanzoApp):
        message = "--check and --strict need a HanzoApp; a plain App of cdk8s writes its files itself"
        _print([Finding(message, where=program)])
        sys.exit(2)
    return flags


def _findings(text: str) -> Iterator[Finding]:
    """Yield what JavaScript complains about, without the stack of calls."""
    head, failed, validation = text.partition(_VALIDATION_FAILED)
    if not failed:
        yield Finding(head.partition("\n")[0].removeprefix("Error: "))
        return
    for line in validation.split("\n"):
        if matched := _VALIDATION_LINE.match(line):
            yield Finding(matched["message"], where=matched["path"])
        else:
            yield Finding(line.strip())


def _fail(findings: Iterable[Finding]) -> None:
    _print(findings)
    sys.exit(1)


def _print(findings: Iterable[Finding]) -> None:
    sys.stderr.write("".join(f"{finding.severity}: {finding}\n" for finding in findings))
