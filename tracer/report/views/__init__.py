"""What audit, cards and page show of a trace, looked up in its tables and put into words."""
