"""Pictures of a set: who is reached from outside, and who connects to whom."""

from __future__ import annotations

from .picture import Edge, Node, Picture, picture_of

__all__ = ["Edge", "Node", "Picture", "picture_of"]
