"""Pacing across processes: one scheduler an app key in Valkey, and what it says of itself for the gauge."""
