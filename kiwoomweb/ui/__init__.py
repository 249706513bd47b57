"""Presentation shared by all apps: components, number formats, the import map, failures as sentences."""
