"""Tests of server/narrate."""
