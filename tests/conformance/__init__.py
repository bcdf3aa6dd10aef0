"""What the rules claim, case by case, each with its source."""
