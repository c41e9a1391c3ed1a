"""Objects of cdk8s that are created in JavaScript only when JavaScript is about to see them."""
