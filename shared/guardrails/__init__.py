"""What must not get in or out: personal data, abuse and attacks, and the language of what was said. Pure, no I/O."""
