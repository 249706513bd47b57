"""Drills: the product against a practice broker that misbehaves, on a database made for it and thrown away."""
