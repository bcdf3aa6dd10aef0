"""What a person has before them: one viewer's session in sentences, counts and choices, made at the server and nowhere else."""
