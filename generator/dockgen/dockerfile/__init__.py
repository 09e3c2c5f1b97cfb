"""dockgen's dockerfile room; docs/architecture.md has the map."""
