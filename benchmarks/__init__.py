"""Measured comparisons.  Machines are noisy, so every figure of interest is a ratio of two things timed in one run, turn about."""
