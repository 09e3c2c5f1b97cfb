"""Container engines behind one interface; `find_engine` picks the one at hand."""
