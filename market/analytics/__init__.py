"""Figures of the market pages: numbers in, numbers out; no database, no clock, no broker."""
