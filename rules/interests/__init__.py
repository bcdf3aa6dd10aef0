"""What every seat plays for: payoffs, and the language in which a role says what it wants."""
