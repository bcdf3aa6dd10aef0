"""What nobody may learn or do."""
