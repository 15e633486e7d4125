"""What other programs may rely on: the AsyncAPI document of all topics, made from the code."""
