"""Put the kits of locals on a site of plain files, for members to find theirs."""
