"""Questions about the inside of one trade: its moves, the bars around it, its excursion, the market then."""
