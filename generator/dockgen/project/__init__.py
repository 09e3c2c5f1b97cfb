"""dockgen's project room; docs/architecture.md has the map."""
