inline int tides() { return 4; }
