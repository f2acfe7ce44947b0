"""A web server of this program: who may reach it, and how it runs beside the rest."""
