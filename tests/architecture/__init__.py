"""What import rules cannot say about the code, said by reading it."""
