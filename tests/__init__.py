"""Tests, laid out as the source is: `tests/server/test_x.py` tests `server/x.py`."""
