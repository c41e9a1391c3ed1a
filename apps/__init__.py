"""cdk8s apps: the README's example, and a platform as a company runs it."""
