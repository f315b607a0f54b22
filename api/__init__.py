"""The ways in: the command line. The only place that prints or parses arguments."""
