"""dockgen's output room; docs/architecture.md has the map."""
