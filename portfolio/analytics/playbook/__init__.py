"""The playbook's arithmetic: rules checked against the facts of a trade, and how often they were kept."""
