"""The same game everywhere: hash seeds of the interpreter, versions of Python, alone or in a batch."""
