"""How things are spelt: canonical bytes and hashes, the log as text, and the frames and views of the protocol."""
