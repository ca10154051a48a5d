"""The files of packs: archives, folders, keys, the lock file."""
