"""The process: its streams and how the program is started once more."""
