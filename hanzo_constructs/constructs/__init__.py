"""The cdk8s front end: resources as constructs, their children as ApiObjects in the tree; the only part that needs Node."""
