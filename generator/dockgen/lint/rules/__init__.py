"""dockgen's rules room; docs/architecture.md has the map."""
