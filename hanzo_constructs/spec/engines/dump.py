"""What the dumps of several engines share."""

from __future__ import annotations

__all__ = ["UPLOAD"]

UPLOAD = """\
test -s "$WORK/dump" || fail "the dump is empty"
gzip "$WORK/dump"
put "$WORK/dump.gz" "$STAMP.gz"
"""
"""After a dump to a file: refuse an empty one, compress it, upload it. No pipe: each step fails by itself."""
