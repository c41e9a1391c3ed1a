"""How an InferenceService becomes children: its pods, its models, its GPUs, its autoscaler, what is wrong with it."""
