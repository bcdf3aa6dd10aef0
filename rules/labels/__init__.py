"""What states did towards the unipole, in the words of the theory.  Only those who report read it: no game depends on a label."""
