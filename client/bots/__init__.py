"""Bots: players made of code.  They see a View and give acts, like everybody else."""
