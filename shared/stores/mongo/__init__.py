"""MongoDB as a store, and what speaks its protocol: no transaction, no change stream, one document an operation."""
