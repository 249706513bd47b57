"""Presenting: what selectors found, ready to be shown. One module a page; nothing here reads or writes."""
