"""dockgen's answers room; docs/architecture.md has the map."""
