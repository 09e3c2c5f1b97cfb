"""dockgen's catalog room; docs/architecture.md has the map."""
