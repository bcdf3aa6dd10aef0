"""Running sessions: from an order to a durable entry, and from entries to what viewers read."""
