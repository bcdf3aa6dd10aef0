"""Sessions beyond their play: as one file, put away, removed, without people."""
