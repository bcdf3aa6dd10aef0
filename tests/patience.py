"""How long a test waits for what ought to come at once: far longer than anything takes on a busy machine, so that only a hang meets it."""

PATIENCE_S = 120.0
