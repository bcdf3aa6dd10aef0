"""What states promise each other: drafts of terms, signatures, treaties in force, and the judgement of every promise against the act."""
