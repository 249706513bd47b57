"""What reports say: figures read by selectors, turned into words once."""
