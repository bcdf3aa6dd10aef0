"""Golden playthroughs: whole sessions as text that a person can read, compared to the letter."""
