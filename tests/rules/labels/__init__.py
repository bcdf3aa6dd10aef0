"""Tests of ``rules.labels``."""
