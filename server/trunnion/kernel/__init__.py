"""The mechanism that every room rests on; it knows no word of the business."""
