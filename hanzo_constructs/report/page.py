"""The page itself: one file that loads nothing, and in which no text of a resource becomes markup or a program."""

from __future__ import annotations

import html
import json
import re
import zlib
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from typing import Any

from ..graph.picture import picture_of
from ..graph.svg import svg
from .listing import Fleet, listing
from .packing import packed

__all__ = ["page_of"]

_MOST_NODES = 150
"""Nodes of a picture that a person can follow; the page draws what stands around a resource in any case."""
_PLACE = re.compile(r"\{\{(\w+)\}\}")


def page_of(fleet: Fleet) -> str:
    """Return the page of *fleet* as HTML; the same fleet gives the same page."""
    listed = listing(fleet)
    values = {each.key: each.values for each in fleet.entries}
    program, style = _own("page.js"), _own("page.css")
    return _filled(
        _own("page.html"),
        {
            "title": html.escape(fleet.title),
            "policy": _policy(program, style),
            "style": style,
            "script": program,
            "picture": _picture(fleet),
            "list": _json(listed).replace("<", "\\u003c"),
            "values": _deflated(_json(packed(values[each["key"]] for each in listed["resources"]))),
        },
    )


def _own(name: str) -> str:
    return files("hanzo_constructs.report").joinpath(name).read_text(encoding="utf-8")


def _filled(template: str, parts: Mapping[str, str]) -> str:
    """Return *template* with the *parts* in their places; what looks like a place in a part is left alone."""
    return _PLACE.sub(lambda found: parts[found[1]], template)


def _policy(program: str, style: str) -> str:
    """Return what browsers may do for the page: run this program, apply this style, and load nothing."""
    digests = [b64encode(sha256(each.encode()).digest()).decode() for each in (program, style)]
    return (
        f"default-src 'none'; script-src 'sha256-{digests[0]}'; style-src 'sha256-{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _deflated(text: str) -> str:
    return b64encode(zlib.compress(text.encode("utf-8", "replace"), 9)).decode()


def _picture(fleet: Fleet) -> str:
    picture = picture_of((each.key for each in fleet.entries), fleet.dependencies, fleet.exposures, fleet.owners)
    if not picture.edges:
        return '<p class="empty">Nobody connects to anybody.</p>'
    if len(picture.nodes) > _MOST_NODES:
        return '<p class="empty">There are too many for one picture. Each resource shows what stands around it.</p>'
    drawing = svg(picture, stores=fleet.stores, style="")
    return f'<div class="drawing" tabindex="0" role="region" aria-label="Picture">{drawing}</div>'
