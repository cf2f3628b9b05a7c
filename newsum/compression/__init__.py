"""Says what a sentence can lose, by rule; it goes once the writer is better than it."""
