"""Tests of ``rules.bodies``."""
