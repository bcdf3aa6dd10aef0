"""The WebSocket of the server against the Autobahn test suite (RFC 6455); not part of the test run, since it needs Python 2.7."""
