"""dockgen's verify room; docs/architecture.md has the map."""
