"""The TR explorer: any TR of the catalogue as a form, its answer as tables, the words beside it."""
