"""One file for each command: words and flags become plain values and one call."""
