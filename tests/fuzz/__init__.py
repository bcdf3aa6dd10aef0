"""Hostile frames against the door: only frames and documented refusals come out, and memory stays bounded."""
