"""Run one command and print what it took, as JSON: `measure.py STDOUT STDERR COMMAND...`.

It is a process of its own, as small as Python can be: on Linux a child's peak memory counts that of the process it was
forked from, and the harness is larger than some of the entries.
"""

from __future__ import annotations

import json
import os
import sys
import time


def main() -> None:
    """Start the command of the arguments, wait for it, and print seconds, seconds of processors, peak bytes, and exit code."""
    stdout, stderr, *command = sys.argv[1:]
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [(os.POSIX_SPAWN_OPEN, 1, stdout, flags, 0o644), (os.POSIX_SPAWN_OPEN, 2, stderr, flags, 0o644)]
    began = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=files)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - began
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    cpu = usage.ru_utime + usage.ru_stime  # of its own children too, which it has waited for
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak": peak, "code": os.waitstatus_to_exitcode(status)}))


main()
