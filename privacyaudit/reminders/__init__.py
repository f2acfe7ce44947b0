"""Being told in time: a calendar file, the system's scheduler, a notification."""
