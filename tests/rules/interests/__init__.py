"""Tests of ``rules.interests``."""
