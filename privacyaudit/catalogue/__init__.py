"""Checklists, roles and guides: found, read, bound to a site, and looked over."""
