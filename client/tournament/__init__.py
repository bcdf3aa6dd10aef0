"""Tournaments: bots against bots on several scenarios, seats balanced, rated without regard to the order of games."""
