"""Template tags and filters; ``money`` is one of the two places that turn a number into text."""
