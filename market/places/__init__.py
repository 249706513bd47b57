"""Places: every page of an account by name, 초성 and 화면번호, for those who type where they want to go."""
