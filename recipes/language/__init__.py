"""SmolLM2, the language model under the judge and the writer: unpacked, trained and shipped."""
