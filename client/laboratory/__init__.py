"""The laboratory: many games, compared with each other and with what happened."""
