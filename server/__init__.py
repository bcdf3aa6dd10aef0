"""Everything that runs a session: the log, connections, deadlines, seats, the control room and the command line."""
