"""Differences as Markdown, for comments on pull requests: a summary, and details to open."""

from __future__ import annotations

from collections.abc import Iterator

from ..diff import Effect
from .diff_report import Group, Report, named
from .diff_text import group_lines, repeated_lines
from .printing import safe

__all__ = ["markdown"]

_OPEN = (Effect.DATA, Effect.REFUSED, Effect.STOPS)
"""Effects that nobody should have to click for."""
_FENCE = "````"
_MEANT = {ord(each): f"&#{ord(each)};" for each in "&<>|`*_[]~\\"} | {ord("@"): "@&#8203;"}
"""What would mean something in Markdown, as it is written to mean nothing. What `@` stands before is called unless a space of
no width parts them: GitHub looks for names in what is shown."""


def markdown(report: Report) -> Iterator[str]:
    """Yield *report* as Markdown of GitHub and GitLab."""
    yield f"**{report.summary[:1].upper()}{report.summary[1:]}**\n"
    if not report.all:
        return
    yield "\n| effect | objects | which |\n|---|---:|---|\n"
    for effect, names in report.effects:
        yield f"| {'**' if effect in _OPEN else ''}{effect}{'**' if effect in _OPEN else ''} | {len(names)} | {_plain(named(names))} |\n"
    for group in report.groups:
        yield from _details(_title(group), [*group_lines(group)], is_open=_is_bad(group))
    for field, objects in report.repeated:
        title, *lines = repeated_lines(field, objects)
        yield from _details(title, lines, is_open=False)


def _title(group: Group) -> str:
    worst = min((each.effect for each, _ in group.objects), key=lambda effect: effect.rank, default=None)
    heading = next(iter(group_lines(group)), "") if group.resource else "Objects of no resource"
    return f"{heading}: {worst}" if worst and group.resource else heading


def _is_bad(group: Group) -> bool:
    return any(each.effect in _OPEN for each, _ in group.objects)


def _details(title: str, lines: list[str], *, is_open: bool) -> Iterator[str]:
    yield f"\n<details{' open' if is_open else ''}><summary>{_plain(title)}</summary>\n\n{_FENCE}diff\n"
    yield from (f"{safe(line).replace(_FENCE, '')}\n" for line in map(_marked, lines))
    yield f"{_FENCE}\n\n</details>\n"


def _marked(line: str) -> str:
    """Return *line* with what is added or removed marked in the first column, where a diff is coloured by it."""
    bare = line.lstrip()
    return f"{bare[0]}{line[: len(line) - len(bare)]}{bare[2:]}" if bare[:2] in {"+ ", "- "} else line


def _plain(text: str) -> str:
    """Return *text*, which may be of anybody, so that it is shown as it is: no mark-up, no HTML, nobody who is called."""
    return safe(text).translate(_MEANT)
