"""dockgen's cli room; docs/architecture.md has the map."""
