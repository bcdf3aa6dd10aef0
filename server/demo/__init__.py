"""``unipole demo``: a whole game through a real server, told as it happens."""
