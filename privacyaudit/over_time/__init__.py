"""What earlier audits know: the history, what is due, what changed, what was decided."""
