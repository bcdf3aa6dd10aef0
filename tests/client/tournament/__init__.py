"""Tournaments: design, entrants, results, ratings, page."""
