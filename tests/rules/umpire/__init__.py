"""Tests of ``rules.umpire``."""
