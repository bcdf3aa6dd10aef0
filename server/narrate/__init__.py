"""Telling: events, turns and outcomes in sentences, with names instead of codes."""
