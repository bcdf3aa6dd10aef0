"""Files for operators, checked as far as one machine can."""
