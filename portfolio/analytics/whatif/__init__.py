"""What if (M11): the same trades without some hours, days or tags, with a stop, with half sold on the way."""
