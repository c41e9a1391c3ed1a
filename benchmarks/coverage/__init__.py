"""How many of the workloads in plain manifests can be said by our fields, by fields and an overlay, and be taken over."""
