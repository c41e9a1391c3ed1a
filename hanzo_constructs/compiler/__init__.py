"""Compiling: one resource and the platform in, its children out; pure, and the same bytes every time."""

from .compilation import Child, Compilation
from .dispatch import compile_resource, compile_unshared

__all__ = ["Child", "Compilation", "compile_resource", "compile_unshared"]
