"""What an InferenceService says: models, engines, accelerators, and how a new model takes over."""
