"""A team's words for its trades: groups, labels, rules and books made, renamed, coloured and retired."""
