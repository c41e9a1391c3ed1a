"""What a page holds, read as a browser reads it."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from html.parser import HTMLParser
from typing import Any

__all__ = ["Page", "page_in", "values_in"]


class Page(HTMLParser):
    """The scripts, the style and the title of a page, its tags and addresses, and its policy."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: dict[str, str] = {}
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.policy = ""
        self._into: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.addresses += [found[name] or "" for name in ("src", "href", "action", "srcset") if name in found]
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"] or ""
        is_kept = tag in {"script", "style"} or (tag == "title" and "svg" not in self.tags)
        self._into = (found.get("id") or tag) if is_kept else None

    def handle_data(self, data: str) -> None:
        if self._into:
            self.scripts[self._into] = self.scripts.get(self._into, "") + data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - any end is that of what is read
        self._into = None


def page_in(text: str) -> tuple[Page, dict[str, Any]]:
    """Return the page that *text* is, and what it lists."""
    page = Page()
    page.feed(text)
    return page, json.loads(page.scripts["list"])


def values_in(page: Page, name: str, number: int) -> dict[str, dict[str, tuple[str, str]]]:
    """Return value and reason at each path of each child of the resource called *name*, the one with *number* in the list."""
    packed = json.loads(zlib.decompress(b64decode(page.scripts["values"])))
    texts = [each.replace("\0", name) for each in packed["texts"]]
    found = {}
    for child in packed["resources"][number]:
        kind, own, _, shape, values = packed["children"][child]
        paths, because = packed["shapes"][shape]
        lines = zip(paths, values, because, strict=True)
        found[f"{texts[kind]} {texts[own]}"] = {texts[path]: (texts[value], texts[why]) for path, value, why in lines}
    return found
