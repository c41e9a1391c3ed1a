"""The measured comparison of the compiler against what a user would pick instead.

Nothing in here is imported by the library; `python -m benchmarks` runs everything and writes `docs/benchmarks.md`.
"""
