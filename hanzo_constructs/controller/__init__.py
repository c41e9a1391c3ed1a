"""What runs the operator in a cluster: requests, watches, a queue, permissions, metrics. kopf starts and stops it."""
