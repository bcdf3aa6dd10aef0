"""Tests of ``rules.wire.views``."""
