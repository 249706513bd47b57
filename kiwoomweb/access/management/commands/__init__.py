"""``manage.py reseal``."""
