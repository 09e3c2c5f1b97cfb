"""dockgen's lint room; docs/architecture.md has the map."""
