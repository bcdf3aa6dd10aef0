"""What stands behind each word of the command line: one file a command."""
