"""The smallest app: one service."""
