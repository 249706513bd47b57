"""One command a file: ``python3 manage.py NAME``."""
