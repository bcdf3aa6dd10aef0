"""Tests of the scenario format, its reader and the opening."""
