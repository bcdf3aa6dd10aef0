"""Tests of ``rules.force``."""
