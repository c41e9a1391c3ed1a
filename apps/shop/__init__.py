"""A shop in two environments, in files and in Python: what docs/how-to/run-a-whole-application.md shows."""
