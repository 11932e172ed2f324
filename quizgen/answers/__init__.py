"""What is asked for, and which answers count as right."""
