"""Read: strict YAML with places, layers and packs, images, fonts."""
