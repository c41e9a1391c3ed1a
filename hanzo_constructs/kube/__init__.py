"""Kubernetes words: names, labels, quantities, manifests, YAML and the core types; nothing of Hanzo."""
