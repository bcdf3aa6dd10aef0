"""Tests of server/sessions."""
