"""One module per output format of `dockgen verify`."""
