"""Template messages (ZBS): how a notice reaches somebody on Zalo to whom nothing may be written freely now.

First by the id that the Official Account knows the person by; then by phone, where he agreed to that at the
desk. Which template says what is data of the office; without it this step is left out.
"""
