"""dockgen's registry room; docs/architecture.md has the map."""
