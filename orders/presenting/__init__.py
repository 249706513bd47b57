"""What the pages of ordering show: forms read into tickets, and page objects for templates that only print."""
