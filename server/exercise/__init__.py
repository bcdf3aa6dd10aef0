"""Exercises: a director's events list, tried with bots, sent into a running game as each event is due, and reported on."""
