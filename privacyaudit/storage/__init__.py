"""Files: where they are, the only way they are written, and those that are encrypted."""
