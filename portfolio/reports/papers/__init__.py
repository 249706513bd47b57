"""A report on paper: text, mail, PDF and workbook, each from the content alone."""
