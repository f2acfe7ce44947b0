"""Secrets: which keyring, what is kept there, and codes that are used once."""
