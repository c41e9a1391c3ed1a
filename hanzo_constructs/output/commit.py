"""Doing many renames as if they were one: all of them, or none."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import OutputError, system_reason

__all__ = ["Step", "commit", "flushed", "saved"]

# One call that flushes everything is faster than many that flush one file each: 0.1 s against 1.6 s for 4,000.
_FLUSHED_ONE_BY_ONE = 32


@dataclass(frozen=True, slots=True)
class Step:
    """One file put in place or taken away at once, and how to take that back."""

    target: Path
    fresh: Path | None
    """The file that replaces the target; None: the target is removed."""
    saved: Path | None
    """A hard link to the file at the target, or a copy of it; None where there is no file."""

    def do(self) -> None:
        """Take the step."""
        if self.fresh:
            self.fresh.replace(self.target)
        else:
            self.target.unlink()

    def undo(self) -> bool:
        """Take the step back and tell whether that worked."""
        try:
            if self.saved:
                self.saved.replace(self.target)
            else:
                self.target.unlink()
        except OSError:
            return False
        return True


def saved(target: Path, name: Path) -> Path | None:
    """Give the file at *target*, if there is one, the second *name*."""
    try:
        os.link(target, name, follow_symlinks=False)
    except FileNotFoundError:
        return None
    except OSError:  # a filesystem without hard links
        shutil.copy2(target, name, follow_symlinks=False)
    return name


def commit(steps: Sequence[Step], stage: Path) -> None:
    """Do all of *steps*, or take back those that were done; an interrupt waits until it is over.

    What could not be taken back stays in a directory beside *stage*, which the error names.
    """
    done: list[Step] = []
    with _interrupts_deferred():
        try:
            for step in steps:
                step.do()
                done.append(step)
        except OSError as error:
            lost = [step.target for step in reversed(done) if not step.undo()]
            if not lost:
                raise
            kept = stage.rename(stage.with_name(stage.name.replace("new", "old")))
            what = f"cannot be written ({system_reason(error)}) nor restored; what stood there is in {kept}"
            raise OutputError("\n".join(f"{target}: {what}" for target in lost)) from error


def flushed(paths: Collection[Path]) -> None:
    """Wait until *paths* have reached the disk, so that no rename is seen before its content."""
    if len(paths) > _FLUSHED_ONE_BY_ONE and hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        if os.name == "nt" and path.is_dir():
            continue
        handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _interrupts_deferred() -> Iterator[None]:
    """Let an interrupt or a request to end take effect behind the block, which is short."""
    if threading.current_thread() is not threading.main_thread():  # only the main thread gets signals
        yield
        return
    received: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, lambda got, _: received.append(got))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for got in received:
            signal.raise_signal(got)
