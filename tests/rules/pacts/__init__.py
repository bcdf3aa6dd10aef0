"""Tests of ``rules.pacts``."""
