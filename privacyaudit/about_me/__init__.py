"""What is online about a person: finding it, and getting it taken down."""
