"""Text: cleaning, paragraphs, sentences, words and quotations, all by offsets into the original."""
