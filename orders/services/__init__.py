"""What changes facts about orders and fills."""
