"""The command line `hzc`: reads resources, prints what the compiler and the proof say.

This module is all that is imported before the arguments are known; each command imports what it needs.
"""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run `hzc` with the arguments of the process, and end the process."""
    import contextlib
    import gc
    import io
    import os
    import sys

    # The process is short and makes next to no cycles; looking for some among a fleet costs a fifth of the time.
    gc.disable()
    # None of our models needs a plugin of pydantic, and to look for one among all packages takes as long as to compile.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if sys.stderr is None:  # closed by whoever started us
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open as long as the process lives
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        from .app import run

        status = run(keeps=True)
    except KeyboardInterrupt:  # so early that nobody else could take it
        status = 130
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    # What is left to do is to free a fleet piece by piece, which the kernel does at once.
    os._exit(status)
