"""What a user may write: one module per kind, fragments by concern, and the table of kinds."""
