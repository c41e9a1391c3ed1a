"""Apps and charts: the context of a construct, the links between constructs, the proof, and the files of the output."""
