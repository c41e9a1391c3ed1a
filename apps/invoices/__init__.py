"""A service beside typed imports of kinds that other operators bring."""
