"""Output directories: the names of files, writing all of a set or nothing of it, and what is gone from one."""

from .directory import Change, file_name, write_directory
from .listing import LIST_NAME, is_written, listed_files
from .objects import ObjectName, gone_lines

__all__ = [
    "LIST_NAME",
    "Change",
    "ObjectName",
    "file_name",
    "gone_lines",
    "is_written",
    "listed_files",
    "write_directory",
]
