"""The `main` of a program that renders an app: errors go to the standard error as plain lines, with exit status 1."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from jsii.errors import JavaScriptError

from ...errors import ArgumentError, Finding, HanzoError, InputError
from ...platform import Platform
from ..lazy.arguments import check_argument
from ..node.caller import CodeLine, caller
from ..node.cdk import ApiObject, App
from .app import HanzoApp
from .garbage_collection import paused_garbage_collection

__all__ = ["main"]

_VALIDATION_FAILED = "Validation failed with the following errors:\n"
_VALIDATION_LINE = re.compile(r"  \[(?P<path>[^\]]*)\] (?P<message>.*)")


def main(
    source: App | Callable[[HanzoApp], object], *, platform: Platform | None = None, takes_arguments: bool = False
) -> None:
    """Write the output of *source*: an app, or a function that fills one, which is made with the *platform*.

    What is wrong goes to the standard error, one line each and nothing else, and the process ends with status 1;
    warnings go there too. What is wrong in a resource is reported likewise if a function declares it.

    Arguments of the program are an error, with status 2, unless it reads them itself (*takes_arguments*).
    """
    _check_arguments(source, platform)
    # Only the program itself: whoever imports and calls this, such as a test, has arguments of its own.
    if not takes_arguments and sys.argv[1:] and Path(caller().file).absolute() == Path(sys.argv[0]).absolute():
        _refuse_arguments()
    try:
        with paused_garbage_collection():
            if isinstance(source, App):
                app = source
            else:
                app = HanzoApp(platform=platform)
                source(app)
            app.synth()
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
    else:
        _print(app.warnings if isinstance(app, HanzoApp) else ())


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


def _refuse_arguments() -> None:
    program, argument = Path(sys.argv[0]).name, sys.argv[1].partition("=")[0]
    reason = f"unknown argument {argument}; this program reads none"
    _print([Finding(f"{reason} (one that does says so: main(..., takes_arguments=True))", where=program)])
    sys.exit(2)


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
