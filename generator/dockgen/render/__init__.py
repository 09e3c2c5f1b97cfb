"""dockgen's render room; docs/architecture.md has the map."""
