"""The guarded browser."""
