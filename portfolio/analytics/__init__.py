"""Arithmetic on plain numbers and days: no database, no network, no Django."""
