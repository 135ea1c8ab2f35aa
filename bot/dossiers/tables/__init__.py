"""Clerks' tables taken in: file, sheets, headings, columns, rows, news, each with its findings."""
