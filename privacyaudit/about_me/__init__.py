"""What is out there about a person: where it can be, how to get it down, and what to write."""
