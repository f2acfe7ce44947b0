"""A privacy audit of your own social-media profiles that reads and never writes."""

__version__ = "0.1.0"
