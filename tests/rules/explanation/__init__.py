"""Tests of ``rules.explanation``."""
