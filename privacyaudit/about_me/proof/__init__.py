"""Proof of something that is out there: what may be kept, how it is told from other things, and how it is chained."""
