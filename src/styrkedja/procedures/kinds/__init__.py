"""The catalogue of step kinds. A routine names one of these on every task; another county needs no other."""
