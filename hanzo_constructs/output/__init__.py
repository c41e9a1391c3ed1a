"""Output directories: the names of files, writing all of a set or nothing of it, and what is gone from one.

Each module is imported by itself: most runs write no directory.
"""
