"""Whole sessions in virtual time: several processes on one log, a bad network, crashes; repeatable by seed."""
