"""Pages of the network: what everybody sees, what is kept in order, who one is, which letters are stuck."""
