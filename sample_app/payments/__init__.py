"""Payments: charges and refunds, in order per customer."""
