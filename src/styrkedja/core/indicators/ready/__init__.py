"""Ready values, computed by others: how Kolada and Vården i siffror are asked and what they answer, and values in files."""
