"""The checks: one small function for each promise, listed in the table of the package above."""
