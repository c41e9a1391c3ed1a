"""Node.js, which cdk8s runs on: which one is used, and that it starts only when something needs it."""
