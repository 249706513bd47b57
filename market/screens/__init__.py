"""What the pages of conditions and watchlists show: values gathered once, rows written in one stroke."""
