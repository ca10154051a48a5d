"""What outputs share: composing, typesetting, binding, finishing."""
