"""One pure builder for each Kubernetes kind: owner and spec fragment in, manifest out."""
