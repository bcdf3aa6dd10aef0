"""Backtests: what the engine says of cases whose outcome is known, beside naive baselines."""
