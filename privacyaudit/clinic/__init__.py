"""A clinic: many people look at their own settings in one room, and only counts are kept."""
