"""Where work is done: by processes of this machine, by a cluster, or here."""
