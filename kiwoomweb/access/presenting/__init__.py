"""What pages of access show, made before the template."""
