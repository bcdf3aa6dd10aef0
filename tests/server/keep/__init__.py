"""Sessions beyond their play."""
