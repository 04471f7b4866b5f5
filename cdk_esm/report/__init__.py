"""What the library knows, as text: for the terminal, for the generated documentation, and for JSON."""
