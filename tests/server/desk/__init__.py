"""Tests of what a person has before them."""
