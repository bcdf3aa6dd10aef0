"""Tests of the log, most of them against real servers."""
