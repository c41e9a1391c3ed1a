"""Output directories: the names of files, and writing all of a set or nothing of it."""

from .directory import LIST_NAME, Change, file_name, write_directory

__all__ = ["LIST_NAME", "Change", "file_name", "write_directory"]
