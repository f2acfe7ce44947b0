"""The same checks without the program: a page for a phone, and sheets of paper."""
