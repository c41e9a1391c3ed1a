"""What is published of the models: custom resource definitions, JSON Schemas for editors, and what is said of a field.

Everything here is generated from the models in `spec`, and from nothing else. The command line and the constructs
compile without it.
"""
