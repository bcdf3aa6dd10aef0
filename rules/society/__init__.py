"""Words, beliefs and politics: statements and their mechanisms, records, influence, forums, governments at home, and news."""
