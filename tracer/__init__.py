"""tracer: which outlets drew on which, with evidence."""
