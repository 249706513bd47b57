"""Working together: what members write to each other, ask of one another, and agree on."""
