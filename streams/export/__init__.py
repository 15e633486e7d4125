"""Events as tables, for people with spreadsheets, notebooks and databases."""
