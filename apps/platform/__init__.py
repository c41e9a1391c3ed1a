"""A company's platform: nineteen services in charts by concern."""
