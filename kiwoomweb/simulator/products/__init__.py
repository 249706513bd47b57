"""Products beside shares: funds, warrants and gold, priced from the market they stand on."""
