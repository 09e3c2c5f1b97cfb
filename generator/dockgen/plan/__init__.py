"""dockgen's plan room; docs/architecture.md has the map."""
