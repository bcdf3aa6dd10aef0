"""Tests of server/terminal."""
