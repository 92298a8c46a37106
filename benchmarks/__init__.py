"""Ratios, measured: how good and how fast the parts of the product are, beside what others reach."""
