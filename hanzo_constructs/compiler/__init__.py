"""Compiling: one resource and the platform in, its children out; pure, and the same bytes every time."""

from .child import Child
from .compilation import Compilation
from .dispatch import compile_resource, compile_unshared

__all__ = ["Child", "Compilation", "compile_resource", "compile_unshared"]
