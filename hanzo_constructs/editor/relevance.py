"""Which texts among the YAML and JSON of a workspace are resources or objects at all."""

from __future__ import annotations

import re

__all__ = ["is_relevant"]

_API_VERSION = re.compile(r"""(?:^|[{,])[ \t]*(?:- +)?["']?apiVersion["']?[ \t]*:""", re.MULTILINE)
_KIND = re.compile(r"""(?:^|[{,])[ \t]*(?:- +)?["']?kind["']?[ \t]*:""", re.MULTILINE)


def is_relevant(text: str) -> bool:
    """Tell whether *text* holds what `hzc` reads; others keep many other things in files of YAML and JSON."""
    return bool(_API_VERSION.search(text) and _KIND.search(text))
