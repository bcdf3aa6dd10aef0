"""The HTTP interface against its own description; not part of the test run, since the program that asks has an environment of its own."""
