"""Whether settings of other programs, in languages that nothing here reads, can be read at all."""

from __future__ import annotations

import json
import re
import tomllib

__all__ = ["OTHER_LANGUAGES", "problem_in"]

OTHER_LANGUAGES = ("json", "lua", "toml")

_LUA_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_PAIRS = {")": "(", "]": "[", "}": "{"}


def problem_in(language: str, text: str) -> str:
    """Say why *text* cannot be read; empty where it can."""
    try:
        if language == "json":
            json.loads(text)
        elif language == "toml":
            tomllib.loads(text)
        else:
            return _problem_in_lua(text)
    except ValueError as error:
        return str(error)
    return ""


def _problem_in_lua(text: str) -> str:
    """Say what is left open; Lua itself is not at hand."""
    opened: list[str] = []
    bare = _LUA_STRING.sub("", text)
    for sign in re.findall(r"[()\[\]{}]", bare):
        if sign not in _PAIRS:
            opened.append(sign)
        elif not opened or opened.pop() != _PAIRS[sign]:
            return f"{sign} closes nothing"
    return f"{opened[-1]} is left open" if opened else 'a " is left open' if '"' in bare else ""
