"""dockgen's report room; docs/architecture.md has the map."""
