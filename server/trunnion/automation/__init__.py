"""What happens by itself: people are told of what concerns them."""
