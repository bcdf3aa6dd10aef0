"""Tests of the server, mirroring its files."""
