"""Pictures of a report: charts as PNG, drawn without a browser."""
