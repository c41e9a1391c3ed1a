"""A company's platform: datastores, services, applications and the gateway in charts by concern."""
