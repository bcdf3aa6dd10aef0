"""The report of a game: one page that needs nothing else, to be read on a phone or a projector."""
