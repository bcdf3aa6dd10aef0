"""Backtests as data: what happened in real cases, for comparison after the fact.  No scenario and no player reads these files."""
