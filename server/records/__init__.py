"""Records: a log as tidy tables for teachers and researchers, one file a table, with a codebook made from the same definitions."""
