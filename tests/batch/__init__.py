"""Many games at once are the same games as one at a time."""
