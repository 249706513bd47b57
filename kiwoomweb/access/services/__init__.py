"""What changes in access: each module one verb or a small family of them. None of them asks the broker."""
