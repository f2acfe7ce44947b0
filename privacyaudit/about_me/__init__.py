"""What others put online about a person: finding it, keeping proof of it, and asking for it to be taken down."""
