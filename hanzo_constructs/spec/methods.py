"""The HTTP methods that the API gateway routes."""

from __future__ import annotations

from typing import Literal, get_args

__all__ = ["METHODS", "Method"]

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
METHODS: tuple[Method, ...] = get_args(Method)
"""Every method the gateway routes; the route of a Base application has all of them."""
