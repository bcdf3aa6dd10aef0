"""Where the truth of a session is kept.

Read ``protocol.py`` first: what a log is. ``memory.py`` and ``redis.py`` (with ``append.lua``) are the two
logs, ``shelf.py`` keeps small facts beside them, ``line.py`` is how we talk to Redis, ``durability.py``
asks a server whether it keeps what it acknowledges, and ``private.py`` brings a server of our own. Nothing
is imported here, so that the protocol can be had without a Redis client.
"""
