"""Run one command and print what it took, as JSON: `measure.py [--tree] STDOUT STDERR COMMAND...`.

With `--tree` what is asked is how much memory all of its processes have together (PSS), which takes time of its own.

It is a process of its own, as small as Python can be: on Linux a child's peak memory counts that of the process it was
forked from, and the harness is larger than some of the entries.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress

_PAUSE = 0.02
"""Seconds between two looks at the memory."""


def tree(process: int) -> list[int]:
    """Return *process* and all that it has started, on Linux."""
    found = [process]
    with suppress(OSError):
        for thread in os.listdir(f"/proc/{process}/task"):  # noqa: PTH208 - pathlib would be half of this process
            with open(f"/proc/{process}/task/{thread}/children", encoding="ascii") as file:  # noqa: PTH123
                found += [each for child in file.read().split() for each in tree(int(child))]
    return found


def memory(process: int) -> int:
    """Return the bytes of *process*; of what it shares with others, its part."""
    with suppress(OSError), open(f"/proc/{process}/smaps_rollup", encoding="ascii") as file:  # noqa: PTH123
        return next((int(line.split()[1]) * 1024 for line in file if line.startswith("Pss:")), 0)
    return 0


def main() -> None:
    """Start the command of the arguments, wait for it, and print seconds, seconds of processors, peak bytes, and exit code."""
    is_tree = sys.argv[1] == "--tree"
    stdout, stderr, *command = sys.argv[1 + is_tree :]
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [(os.POSIX_SPAWN_OPEN, 1, stdout, flags, 0o644), (os.POSIX_SPAWN_OPEN, 2, stderr, flags, 0o644)]
    began = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=files)
    most = 0
    while is_tree and os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        most = max(most, sum(map(memory, tree(child))))
        time.sleep(_PAUSE)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - began
    peak = most or usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    cpu = usage.ru_utime + usage.ru_stime  # of its own children too, which it has waited for
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak": peak, "code": os.waitstatus_to_exitcode(status)}))


main()
