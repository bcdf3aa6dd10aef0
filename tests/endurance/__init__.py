"""Campaigns that take longer than a test may: the same faults as in the tests, many thousands of times, and what came of them."""
