"""A service beside objects of cdk8s-plus."""
