"""The reference of the protocol, written from the code: ``python -m tests.reference`` writes it anew."""
