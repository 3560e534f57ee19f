"""Pactbook: briefing pages of agreements between countries, made from news articles."""
