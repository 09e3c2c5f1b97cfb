"""dockgen: a secure, lint-clean container setup for a project."""

__version__ = "0.1.0"
