"""Portfolio: holdings, the permanent journal, profit and loss."""
