"""The unipolar engine: pure rules of the game and the vocabulary of the wire.  No clock, no I/O, no hidden chance."""
