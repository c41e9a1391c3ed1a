"""The constructs of the kinds, and what all of them have in common."""
