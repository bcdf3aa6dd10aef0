"""Tests of ``rules.society``."""
